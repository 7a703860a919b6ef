package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.RecordedConsole;
import org.sdescript.Refusal;
import org.sdescript.SafetensorsFiles;
import org.sdescript.Script;
import org.sdescript.diagnostic.SdeError;

/** A saved model is equal after loading. */
class ModelFileTest {
    private static final String OWN = """
            sde Mine {
              t in [0.01, 1]
              dx = -x dt + 3 dw
            }
            network own(x, t; hidden = 8) { return dense(silu(dense(concat([x, sinusoidal(t, 8)], axis = 1), hidden)), 2) }
            fn same(score, again) {
              x = tensor([[0.5, -1], [2, 0.25]])
              print(max(abs(score(x, 0.3) - again(x, 0.3))), score.losses == again.losses, again.parameters == score.parameters)
            }
            """;

    @TempDir
    Path folder;

    private List<String> run(String script) {
        return Script.run(OWN + script, folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mlp(hidden = 16), moons(64), VP()                        | ",
                "mlp(hidden = 16), moons(64), VE(), predict = \"velocity\" | ",
                "mlp(hidden = 16), moons(64), VE(hi = 10)                 | ",
                "mlp(hidden = 16), moons(64), VP(beta = linear(hi = 5)) | ",
                "mlp(hidden = 16), moons(64), Mine()                      | , process = Mine()",
                "own(hidden = 16), moons(64), VP(), ema = 0               | , network = own(hidden = 16)",
                "mlp, moons(64), Karras(), predict = karras()             | , predict = karras()"
            })
    void a_model_that_is_loaded_is_the_one_that_was_saved(String trained, String told) {
        assertThat(run("""
                score = train(%s, steps = 3, batch = 16)
                again = load(save(score, "score.safetensors")%s)
                same(score, again)
                print(sample(VP(), again, n = 2, using = pc(steps = 2), unlike = true).shape)
                """.formatted(trained, told == null ? "" : told))).containsExactly("0 true true", "[2, 2]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "own(), moons(64), VP()                            | network = ",
                "mlp(), moons(64), Mine()                          | process = ",
                "mlp(), moons(64), Karras(), predict = karras()    | predict = "
            })
    void what_the_file_cannot_say_is_asked_for(String trained, String asked) {
        assertThatThrownBy(() -> run("""
                score = train(%s, steps = 2, batch = 16)
                again = load(save(score, "score.safetensors"))
                """.formatted(trained))).isInstanceOfSatisfying(SdeError.class, error -> {
            assertThat(error.diagnostics().getFirst().code()).isEqualTo("E0871");
            assertThat(error.diagnostics().getFirst().help())
                    .hasValueSatisfying(help -> assertThat(help).contains(asked));
        });
    }

    @Test
    void a_network_that_has_changed_is_refused_when_it_is_called() {
        assertThatThrownBy(() -> run("""
                score = train(own(), moons(64), VP(), steps = 2, batch = 16)
                again = load(save(score, "score.safetensors"), network = own(hidden = 9))
                print(again(randn([2, 2]), 0.5))
                """)).isInstanceOfSatisfying(SdeError.class, error -> assertThat(
                        error.diagnostics().getFirst().code())
                .isEqualTo("E0510"));
    }

    @Test
    void a_file_of_tensors_is_no_model() {
        assertThatThrownBy(() -> run("score = load(save({x: randn([2, 2])}, \"tensors.safetensors\"))"))
                .isInstanceOfSatisfying(SdeError.class, error -> assertThat(
                                error.diagnostics().getFirst().code())
                        .isEqualTo("E0870"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "process | {\"name\": \"save\", \"with\": {\"value\": 1, \"file\": \"stolen.csv\"}}",
                "process | {\"name\": \"csv\", \"with\": {\"file\": \"people.csv\"}}",
                "process | {\"name\": \"print\", \"with\": {}}",
                "process | {\"name\": \"import_network\", \"with\": {\"file\": \"net.pt\"}}",
                "process | {\"name\": \"theirs\"}",
                "process | {\"name\": \"mlp\"}",
                "process | {\"name\": \"VP\", \"with\": {\"beta\": {\"name\": \"save\", \"with\": {\"value\": 1, \"file\": \"stolen.csv\"}}}}",
                "process | {\"name\": \"VP\", \"with\": {\"beta\": {\"name\": \"linear\", \"with\": {\"hi\": {\"name\": \"theirs\"}}}}}",
                "process | {\"name\": \"VP\", \"with\": {\"beta\": {\"name\": \"linear\", \"with\": {\"t\": 1}}}}",
                "process | {\"name\": \"VP\", \"with\": {\"beta\": \"red\"}}",
                "process | {\"name\": \"VE\", \"with\": {\"hi\": 1e999}}",
                "process | {\"name\": \"VE\", \"with\": {\"hi\": 2, \"hi\": 3}}",
                "process | {\"name\": \"VE\", \"with\": {\"top\": 3}}",
                "process | [\"VE\"]",
                "process | \"VE\"",
                "process | not JSON",
                "network | {\"name\": \"print\"}",
                "network | {\"name\": \"save\"}",
                "network | {\"name\": \"silu\"}",
                "network | {\"name\": \"VP\"}",
                "network | {\"name\": \"mlp\", \"with\": {\"x\": 1, \"t\": 1}}",
                "network | {\"name\": \"mlp\", \"with\": {\"hidden\": {\"name\": \"exit\"}}}",
                "network | {\"name\": \"mlp\", \"with\": {\"hidden\": [[{\"name\": \"save\"}]]}}",
                "network | {\"name\": \"own\"}",
                "predict | {\"name\": \"karras\"}",
                "predict | {\"name\": \"save\"}",
                "predict | {\"name\": \"score_from_theirs\"}",
            })
    void a_file_names_declarations_of_its_kind_only_and_loading_runs_none_of_it(String part, String recipe)
            throws IOException {
        run(
                "score = train(mlp(hidden = 8, depth = 1), moons(64), VP(), steps = 1, batch = 8)\nsave(score, \"s.safetensors\")");
        SafetensorsFiles.header(
                folder.resolve("s.safetensors"), header -> ((ObjectNode) header.get("__metadata__")).put(part, recipe));

        RecordedConsole console = new RecordedConsole();
        assertThatThrownBy(() -> Script.run("""
                        fn theirs(t = 0) { print("run") }
                        fn score_from_theirs(process, output, x, t) { print("run") }
                        again = load("s.safetensors")
                        print(again(randn([2, 2]), 0.5))
                        """, folder, console))
                .satisfies(Refusal.with(recipe.matches(".{10}(theirs|own|score_from_theirs).*") ? "E0871" : "E0873"));
        assertThat(console.lines()).isEmpty();
        assertThat(folder.resolve("stolen.csv")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shape | -1 2",
                "shape | 2 x",
                "shape | 4611686018427387904 4",
                "shape | 65536 65536",
                "shape | ''",
                "names | none",
                "names | losses",
                "names | ''",
                "names | words"
            })
    void words_of_a_file_that_no_model_has_are_refused(String word, String text) throws IOException {
        run(
                "score = train(mlp(hidden = 8, depth = 1), moons(64), VP(), steps = 1, batch = 8)\nsave(score, \"s.safetensors\")");
        SafetensorsFiles.header(
                folder.resolve("s.safetensors"), header -> ((ObjectNode) header.get("__metadata__")).put(word, text));

        assertThatThrownBy(() -> run("score = load(\"s.safetensors\")")).satisfies(Refusal.with("E0870"));
    }

    @Test
    void parameters_of_whole_numbers_are_refused() throws IOException {
        run(
                "score = train(mlp(hidden = 8, depth = 1), moons(64), VP(), steps = 1, batch = 8)\nsave(score, \"s.safetensors\")");
        SafetensorsFiles.header(folder.resolve("s.safetensors"), header -> {
            ObjectNode words = (ObjectNode) header.get("__metadata__");
            String name = words.get("names").asText().split(" ")[0];
            ObjectNode entry = (ObjectNode) header.get(name);
            entry.put("dtype", "I64");
            ((ArrayNode) entry.get("shape")).set(0, entry.get("shape").get(0).asInt() / 2);
        });

        assertThatThrownBy(() -> run("score = load(\"s.safetensors\")")).satisfies(Refusal.with("E0870"));
    }
}
