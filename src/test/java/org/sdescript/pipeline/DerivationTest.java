package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.RecordedConsole;
import org.sdescript.algebra.MathMlReader;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.process.LatexStructure;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

class DerivationTest {
    @TempDir
    private Path folder;

    private List<Derivation> derived(String script) {
        Pipeline pipeline = new Pipeline();
        var program = pipeline.program(new Source("script.sde", script));
        try (Session session = new Session(Settings.standard(), new RecordedConsole(), folder, folder)) {
            return Derivation.of(pipeline, program, Path.of("script.sde"), Derivation.names(program), session);
        }
    }

    private static final String SCRIPT =
            "sde Pull(k = 2) {\n  dx = -k*x dt + dw\n}\nsde Grow {\n  dx = x dt + x dw\n}\nprint(1)\n";

    @Test
    void a_refusal_gives_its_reason() {
        assertThat(DerivationText.text(derived(SCRIPT)))
                .contains("dx = [−2 x − ∇ₓ log pₜ(x)] dt + dw̄")
                .contains("The transition of Grow is refused\n   Grow has no transition: its noise depends on x");
    }

    @Test
    void a_parameter_without_default_is_asked_for() {
        assertThatThrownBy(() -> derived("sde Pull(k) {\n  dx = -k*x dt + dw\n}\n"))
                .isInstanceOf(SdeError.class)
                .hasMessage("Pull is derived with its default parameters, and `k` has none");
    }

    @Test
    void json_has_the_shape_that_is_documented() throws IOException {
        JsonNode all = new ObjectMapper().readTree(DerivationText.json(derived(SCRIPT)));
        assertThat(all).hasSize(2).allSatisfy(process -> {
            assertThat(fields(process))
                    .containsExactly(
                            "name", "text", "latex", "mathml", "process", "reverse", "flow", "transition", "prior");
            assertThat(fields(process.get("flow"))).containsExactly("title", "steps");
            assertThat(process.get("flow").get("steps")).allSatisfy(step -> {
                assertThat(fields(step)).containsExactly("rule", "source", "formulas", "latex", "mathml");
                assertThat(step.get("formulas")).hasSameSizeAs(step.get("latex"));
                assertThat(step.get("rule").asText()).doesNotContain("`");
            });
        });
        assertThat(fields(all.get(1).get("transition"))).containsExactly("refused");
    }

    private static List<String> fields(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void json_holds_every_step() throws IOException {
        JsonNode all = new ObjectMapper().readTree(DerivationText.json(derived(SCRIPT)));
        assertThat(all.get(0).get("name").asText()).isEqualTo("Pull");
        assertThat(all.get(0).get("reverse").get("steps")).hasSize(5);
        assertThat(all.get(1).get("prior").get("refused").asText()).contains("its noise depends on x");
    }

    @Test
    void latex_of_the_standard_and_of_invented_processes_is_sound() throws IOException {
        for (String file : List.of("stdlib/processes.sde", "examples/invented.sde")) {
            LatexStructure.check(DerivationText.latex(derived(Files.readString(Path.of(file)))));
        }
    }

    /** Compares every formula of these processes, with each of the steps that the library and the examples can take. */
    @Test
    void mathml_of_the_standard_and_of_invented_processes_is_that_of_the_latex() throws IOException {
        ObjectMapper json = new ObjectMapper();
        for (String file : List.of("stdlib/processes.sde", "examples/invented.sde")) {
            JsonNode all = json.readTree(DerivationText.json(derived(Files.readString(Path.of(file)))));
            List<String> latex = texts(all.findValues("latex"));
            List<String> mathml = texts(all.findValues("mathml"));
            assertThat(mathml).hasSameSizeAs(latex).hasSizeGreaterThan(100);
            for (int i = 0; i < latex.size(); i++) {
                MathMlReader.agrees(mathml.get(i), latex.get(i));
            }
        }
    }

    private static List<String> texts(List<JsonNode> fields) {
        return fields.stream()
                .flatMap(field -> field.isArray() ? field.valueStream() : Stream.of(field))
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void mathml_is_a_page_that_needs_no_other_file() {
        String page = DerivationText.html(derived(SCRIPT));
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("<h2>Grow</h2>", "<h3>The transition is refused</h3>", "its noise depends on x")
                .doesNotContain("src=", "href=", "<script", "url(");
    }

    @Test
    void latex_is_a_document() {
        assertThat(DerivationText.latex(derived(SCRIPT)))
                .startsWith("\\documentclass")
                .contains("\\section*{Grow}")
                .endsWith("\\end{document}");
    }
}
