package org.sdescript.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

class CompletionCandidatesTest {
    private static final Workspace WORKSPACE = new Workspace(
            Script.PIPELINE,
            Settings.standard(),
            org.sdescript.files.OutputFolders.of(Script.temporary()),
            new RecordedConsole());

    @BeforeAll
    static void bind() {
        String text = "p = VP(); point = {left: 1, right: {up: 2}}; data = moons(4); fn lone(x; width = 3) = x\n"
                + "sde Odd { dx = -x^3 dt + dw }; odd = Odd()";
        WORKSPACE.run(new Source("prompt", text), Interpreter.Listener.NONE);
    }

    @AfterAll
    static void close() {
        WORKSPACE.close();
    }

    @Test
    void names_of_the_session_the_library_and_the_language() {
        assertThat(at("lo")).contains("lone", "log", "loss");
        assertThat(at("x = 1 + lang")).contains("langevin").allMatch(name -> name.startsWith("lang"));
        assertThat(at("whi")).containsExactly("while");
    }

    @Test
    void fields_of_what_is_bound() {
        assertThat(at("p.tran")).containsExactly("transition");
        assertThat(at("p.transition.mean_")).containsExactly("mean_coef");
        assertThat(at("point.")).containsExactly("left", "right");
        assertThat(at("data.x.sha")).containsExactly("shape");
        assertThat(at("point.right.")).containsExactly("up");
        assertThat(at("f(data.sh")).containsExactly("shape");
        assertThat(at("1..")).doesNotContain("left");
    }

    /** The transition of this process cannot be derived, so its fields are found only where nothing is derived. */
    @Test
    void completion_derives_nothing() {
        assertThat(at("odd.transition.mean_")).containsExactly("mean_coef");
    }

    @Test
    void parameters_of_the_call_that_are_not_given_yet() {
        assertThat(at("lone(")).containsExactly("x = ", "width = ");
        assertThat(at("lone(2, w")).contains("width = ");
        assertThat(at("lone(width = 2, ")).containsExactly("x = ");
        assertThat(at("lone([1, ")).doesNotContain("width = ");
        assertThat(at("pc(corrector = ")).contains("langevin").doesNotContain("log", "pc");
        assertThat(about("lone(", "width = ")).isEqualTo("width = 3");
    }

    @Test
    void the_values_that_a_parameter_allows() {
        assertThat(at("langevin(norms = ")).containsExactly("\"expected\"", "\"batch\"", "\"sample\"");
        assertThat(at("langevin(snr = 0.1, norms = \"ba")).containsExactly("batch");
    }

    @Test
    void files_in_strings_and_after_commands(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve("people.csv"));
        Files.createDirectory(folder.resolve("pictures"));

        assertThat(at("csv(\"" + folder + "/p")).containsExactly(folder + "/people.csv", folder + "/pictures/");
        assertThat(at(":load " + folder + "/pe")).containsExactly(folder + "/people.csv");
    }

    @Test
    void commands_and_what_they_take() {
        assertThat(at(":s")).containsExactly(":save", ":set");
        assertThat(at(":dump t")).containsExactly("torchscript");
        assertThat(at(":set s")).containsExactly("seed");
        assertThat(at(":time lon")).containsExactly("lone");
        assertThat(at(":help lon")).containsExactly("lone");
    }

    private static List<String> at(String before) {
        return new CompletionCandidates(WORKSPACE)
                .at(CompletionContext.of(before)).stream()
                        .map(CompletionCandidates.Offer::text)
                        .toList();
    }

    private static String about(String before, String text) {
        return new CompletionCandidates(WORKSPACE)
                .at(CompletionContext.of(before)).stream()
                        .filter(offer -> offer.text().equals(text))
                        .findFirst()
                        .orElseThrow()
                        .shown();
    }
}
