package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.RecordedConsole;
import org.sdescript.Refusal;
import org.sdescript.Script;

class AveragingTest {
    @TempDir
    Path folder;

    /** A network of two parameters, whose loss is a parabola of both. */
    private static String trained(String options) {
        return """
                set(seed = 3, precision = "float64")
                network line(x, t) = dense(x, 1)
                loss plain(score, process, x0) = mean((score(x0, 0.5) - 2*x0)^2)
                x = randn([64, 1])
                one = tensor([[1], [-0.5]])
                m = train(line, x, VP(), loss = plain, predict = "output", batch = 8,
                          optimizer = adam(learning_rate = 0.02), %s)
                """.formatted(options);
    }

    private double[] numbers(String text) {
        return Script.run(text, folder).stream()
                .flatMap(line -> List.of(line.split("[\\s,\\[\\]]+")).stream())
                .filter(word -> !word.isEmpty())
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @Test
    void after_a_half_life_a_step_has_half_of_its_weight() {
        assertThat(Math.pow(Averaging.halfLife(40, 0.05).at(10_000), 40)).isCloseTo(0.5, within(1e-12));
        assertThat(Averaging.halfLife(40, 0.05).at(200))
                .as("a twentieth of 200 steps")
                .isCloseTo(Math.pow(0.5, 0.1), within(1e-15));
    }

    @Test
    void a_half_life_in_examples_is_one_in_steps_times_the_batch() {
        String shown = "print(m(one, 0.5))\n";

        assertThat(Script.run(trained("steps = 30, ema = half_life(examples = 160, rampup = 10)") + shown, folder))
                .isEqualTo(Script.run(trained("steps = 30, ema = half_life(20, rampup = 10)") + shown, folder));
    }

    /** The model of a linear network is linear in its parameters, so the averages of outputs are those of the models. */
    @Test
    void a_width_chosen_afterwards_gives_the_average_that_was_trained_with_it() {
        double[] chosen = numbers(trained("steps = 200, ema = power_ema(0.05, 0.10)") + """
                print(list(m.averaged(0.05)(one, 0.5)), list(m(one, 0.5)))
                print(list(m.averaged(0.075)(one, 0.5)))
                again = load(save(m, "m.safetensors"), network = line)
                print(list(again.averaged(0.075)(one, 0.5)))
                """);
        double[] trained = numbers(trained("steps = 200, ema = power_ema(0.075)") + "print(list(m(one, 0.5)))\n");

        assertThat(chosen[0]).isCloseTo(chosen[2], within(1e-9));
        assertThat(chosen[1]).isCloseTo(chosen[3], within(1e-9));
        assertThat(chosen[6]).isEqualTo(chosen[4]);
        assertThat(chosen[7]).isEqualTo(chosen[5]);
        for (int i = 0; i < 2; i++) {
            double apart = Math.abs(chosen[2 + i] - trained[i]);
            // the weights differ by 1.3 % with 8 states; the other average kept differs by 37 %
            assertThat(Math.abs(chosen[4 + i] - trained[i])).isLessThan(0.1 * apart);
        }
    }

    @Test
    void the_states_kept_have_equal_distances_and_are_enough_for_widths_near_those_kept() {
        RecordedConsole console = new RecordedConsole();
        Script.run(
                trained("steps = 37, ema = power_ema(0.05, 0.10, states = 4)")
                        + "w = m.averaged(0.075)\nnarrow = m.averaged(0.02)\nprint(w, narrow)\n",
                folder,
                console);

        assertThat(console.notes())
                .filteredOn(note -> note.contains("approximate"))
                .singleElement()
                .asString()
                .startsWith("the average of the width 0.02 is approximate");
    }

    @Test
    void a_resumed_training_keeps_the_same_states() {
        String state = "steps = %d, every = 10, ema = power_ema(0.05, 0.10), checkpoint = \"%s\"%s";
        String shown = "print(m.averaged(0.12)(one, 0.5), m.averaged(0.06)(one, 0.5))\n";
        List<String> whole = Script.run(trained(state.formatted(60, "whole", "")) + shown, folder);
        Script.run(trained(state.formatted(30, "half", "")), folder);

        assertThat(Script.run(trained(state.formatted(60, "half", ", resume = true")) + shown, folder))
                .isEqualTo(whole);
        assertThatThrownBy(() -> Script.run(
                        trained("steps = 60, ema = power_ema(0.05, 0.2), checkpoint = \"half\", resume = true"),
                        folder))
                .satisfies(Refusal.with("E0908"));
    }

    @Test
    void a_model_with_a_label_keeps_it() {
        assertThat(Script.run("""
                network of_class(x, t, label) = dense(x, 2) + embedding(label, 8, 2)
                m = train(of_class, eight_gaussians(32), VP(), steps = 3, batch = 16, ema = power_ema(0.1))
                print(m(label = 3).averaged(0.1), m.averaged(0.1)(label = 3).label)
                """, folder)).containsExactly("model(label = 3) 3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "half_life()                        | E0812",
                "half_life(3, examples = 4)         | E0812",
                "half_life(0)                       | E0421",
                "power_ema(0.5)                     | E0421",
                "power_ema(0.1, 0)                  | E0421",
                "{decay: 0.9}                       | E0401",
                "{half_life: 0, rampup: 1}          | E0421"
            })
    void averages_that_cannot_be_are_refused(String ema, String code) {
        assertThatThrownBy(() -> Script.run(trained("steps = 1, ema = " + ema), folder))
                .satisfies(Refusal.with(code));
    }

    @Test
    void a_model_without_kept_averages_says_how_to_keep_them() {
        assertThatThrownBy(() -> Script.run(trained("steps = 1") + "w = m.averaged(0.1)\n", folder))
                .satisfies(Refusal.with("E0814"))
                .hasMessageContaining("kept no averages");
        assertThatThrownBy(
                        () -> Script.run(trained("steps = 1, ema = power_ema(0.1)") + "w = m.averaged(0.4)\n", folder))
                .satisfies(Refusal.with("E0421"));
    }
}
