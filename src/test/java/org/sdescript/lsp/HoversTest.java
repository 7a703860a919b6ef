package org.sdescript.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.Script;

class HoversTest {
    private static final String INVENTED = """
            ## A process of this test.
            sde Invented(speed = 2, width = 0.3) {
              dx = -speed*x dt + width*exp(-t) dw
            }
            """;

    @TempDir
    static Path folder;

    private static Editor editor;

    @BeforeAll
    static void start() {
        editor = new Editor(folder);
    }

    @AfterAll
    static void stop() {
        editor.close();
    }

    private static String hover(String marked) {
        Editor.Marked text = Editor.Marked.of(marked);
        String uri = editor.open(folder.resolve("hover.sde"), text.text());
        String shown = editor.hover(uri, text.position());
        editor.close(uri);
        return shown;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"VP()", "VE(hi = 5)", "SubVP()", "CLD()", "OrnsteinUhlenbeck(theta = 2)", "Invented(speed = 3)"})
    void a_process_shows_reverse_flow_transition_and_prior_as_print_gives_them(String process) {
        List<String> printed = Script.run(INVENTED + "p = " + process + "\n"
                + "print(p)\nprint(reverse(p))\nprint(flow(p))\nprint(p.transition)\nprint(p.prior)\n");
        String expected = String.join("\n", printed);

        String overName = hover(INVENTED + "p = " + process + "\nprint(‸p)\n");
        String overCall = hover(INVENTED + "p = ‸" + process + "\nprint(p)\n");

        assertThat(printed).hasSizeGreaterThanOrEqualTo(5);
        assertThat(withoutTitles(overName)).contains(expected);
        assertThat(withoutTitles(overCall)).contains(expected);
        assertThat(overName).contains("# reverse", "# flow", "# transition", "# prior");
    }

    private static String withoutTitles(String markdown) {
        return Stream.of(markdown.split("\n"))
                .filter(line -> !line.startsWith("# "))
                .reduce("", (all, line) -> all + line + "\n");
    }

    @Test
    void a_declared_sde_shows_its_text_and_what_its_defaults_give() {
        String shown = hover(INVENTED.replace("Invented", "Inv‸ented"));

        assertThat(shown).contains("A process of this test.", "sde Invented(speed = 2, width = 0.3)");
        assertThat(shown).contains("dx = −2 x dt");
    }

    @Test
    void a_process_that_has_no_transition_says_why() {
        String shown = hover("sde Odd‸() {\n  dx = -x^3 dt + dw\n}\n");

        assertThat(shown).contains("# transition (none)").contains("# reverse\ndx =");
    }

    @Test
    void a_name_shows_the_page_of_the_manual() {
        assertThat(hover("print(ex‸p(1))")).contains("fn exp(x)").contains("The exponential");
        assertThat(hover("for i in 1..3 { print(i) ‸}")).isEmpty();
        assertThat(hover("fo‸r i in 1..3 { print(i) }")).contains("for");
    }

    @Test
    void fields_arguments_and_parameters_show_their_meaning() {
        assertThat(hover("p = VP()\nprint(p.t_m‸ax)")).contains("the ends of its time domain");
        assertThat(hover("fn f(x; width = 3 in (0, inf)) = width‸*x")).contains("parameter width = 3 in (0, inf)");
        assertThat(hover("fn f(x; width = 3) = width*x\nprint(f(1, wi‸dth = 2))"))
                .contains("width = 3");
    }

    @Test
    void training_is_never_started_by_a_pointer() {
        String shown = hover("network net(x, t) = x\nm = train(net, moons(10), VP())\nprint(‸m)\n");

        assertThat(shown).doesNotContain("# reverse");
    }

    @Test
    void a_mistake_in_one_statement_leaves_the_pages_of_the_others() {
        assertThat(hover(INVENTED + "x = pc(\nprint(Inv‸ented())\n")).contains("A process of this test.", "# reverse");
        assertThat(hover("fn broken(x = ) = 2*x\nprint(brok‸en(1))\n")).contains("fn broken(x = )");
    }
}
