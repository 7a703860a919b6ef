package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.Script;
import org.sdescript.diagnostic.SdeError;

/** A training that stopped goes on to the same numbers, all of which are printed in full here. */
class ResumeTest {
    @TempDir
    Path folder;

    private List<String> train(String options) {
        return run("""
                set(seed = 3)
                score = train(mlp(hidden = 8, depth = 1), moons(64), VP(), batch = 16, %s)
                values = score(tensor([[0.5, -1], [2, 0.25]]), 0.3)
                samples = sample(VP(), score, n = 4, using = pc(steps = 5))
                for v in score.losses { print("{v:.17g}") }
                for row in list(values) { for v in row { print("{v:.17g}") } }
                for row in list(samples) { for v in row { print("{v:.17g}") } }
                """.formatted(options));
    }

    private List<String> run(String script) {
        return Script.run(script, folder);
    }

    private String quoted(String name) {
        return "\"" + name + "\"";
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.99", "0"})
    void training_goes_on_to_the_same_numbers_as_without_the_stop(String ema) {
        String common = "ema = " + ema + ", every = 30, ";
        List<String> whole = train(common + "steps = 120");
        train(common + "steps = 60, checkpoint = " + quoted("half"));
        List<String> resumed = train(common + "steps = 120, checkpoint = " + quoted("half") + ", resume = true");
        assertThat(resumed).hasSize(120 + 4 + 8).isEqualTo(whole);
        assertThat(train(common + "steps = 120, checkpoint = " + quoted("half") + ", resume = true"))
                .as("with nothing left to do")
                .isEqualTo(whole);
    }

    /** The step of rate 1e30 leaves parameters whose loss overflows, at the eleventh step. */
    @Test
    void what_is_kept_of_a_training_that_fails_is_the_state_before_the_step_that_failed() {
        String script = """
                set(seed = 3)
                rate = k -> if k < 9 then 1e-3 else 1e30
                score = train(mlp(hidden = 8, depth = 1), moons(64), VP(), batch = 16, clip = 0,
                              optimizer = adam(learning_rate = rate), %s)
                for v in score.losses { print("{v:.17g}") }
                """;
        assertThatThrownBy(() -> run(script.formatted("steps = 20, checkpoint = " + quoted("kept"))))
                .isInstanceOf(SdeError.class)
                .hasMessageContaining("at step 11");
        assertThat(run(script.formatted("steps = 10, checkpoint = " + quoted("kept") + ", resume = true")))
                .hasSize(10)
                .isEqualTo(run(script.formatted("steps = 10")));
    }

    @Test
    void the_state_of_an_earlier_training_is_kept_under_another_name() throws IOException {
        train("steps = 2, checkpoint = " + quoted("twice"));
        byte[] first = Files.readAllBytes(folder.resolve("twice/state.safetensors"));
        train("steps = 3, checkpoint = " + quoted("twice"));
        assertThat(folder.resolve("twice/state.earlier.safetensors")).hasBinaryContent(first);
        assertThat(folder.resolve("twice/state.safetensors")).exists();
    }

    @Test
    void what_was_trained_is_kept_when_the_rule_of_the_learning_rate_fails() {
        String script = """
                set(seed = 3)
                rate = k -> if k < 9 then 1e-3 else %s
                score = train(mlp(hidden = 8, depth = 1), moons(64), VP(), batch = 16, steps = 12,
                              optimizer = adam(learning_rate = rate)%s)
                for v in score.losses { print("{v:.17g}") }
                """;
        assertThatThrownBy(() -> run(script.formatted("\"small\"", "")))
                .isInstanceOfSatisfying(SdeError.class, error -> assertThat(
                                error.diagnostics().getFirst().notes())
                        .singleElement()
                        .asString()
                        .contains("after step 9", "checkpoint = \"stopped\", resume = true"));
        assertThat(run(script.formatted("1e-4", ", checkpoint = \"stopped\", resume = true")))
                .isEqualTo(run(script.formatted("1e-4", "")));
    }
}
