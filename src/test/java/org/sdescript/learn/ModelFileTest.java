package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.Script;
import org.sdescript.diagnostic.SdeError;

/** A model comes back from its file as it was. */
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
                print(sample(VP(), again, n = 2, using = pc(steps = 2)).shape)
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
}
