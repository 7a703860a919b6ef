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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.RecordedConsole;
import org.sdescript.Refusal;
import org.sdescript.Script;

class ValidationTest {
    /** A network of two parameters, and losses with and without draws. */
    private static final String PARTS = """
            set(seed = 3)
            network line(x, t) = dense(x, 1)
            loss plain(score, process, x0) = mean((score(x0, 0.5) - 2*x0)^2)
            loss noisy(score, process, x0) = mean((score(x0, uniform(0, 1, [len(x0)])) - randn_like(x0))^2)
            x = randn([24, 1])
            d = randn([10, 1])
            """;

    @TempDir
    Path folder;

    private List<String> run(String text) {
        return Script.run(PARTS + text, folder);
    }

    /** A loss without draws can be computed again, also for a last batch that is smaller: 10 = 4 + 4 + 2. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "0.9", "half_life(3)"})
    void the_validation_loss_is_that_of_the_averaged_parameters_on_all_samples(String ema) {
        assertThat(run("""
                m = train(line, x, VP(), loss = plain, predict = "output", steps = 7, batch = 4, ema = %s,
                          validation = d)
                print(m.history.step, len(m.history.loss))
                print(abs(m.history.validation[-1] - plain(m, VP(), d)) < 1e-6*m.history.validation[-1])
                """.formatted(ema))).containsExactly("[1, 2, 3, 4, 5, 6, 7] 7", "true");
    }

    /** With a rate of 0 the parameters stay: every step, every seed and every batch gives the same noise to a sample. */
    @Test
    void times_and_noise_are_the_same_in_every_validation() {
        List<String> lines = run("""
                fn values(seed, batch) {
                  network zero(x, t) = dense(0*x, 1, bias = false)
                  return train(zero, x, VP(), loss = noisy, predict = "output", steps = 3, batch = batch, seed = seed,
                               validation = d).history.validation
                }
                a = values(1, 4)
                print(a[0] == a[1] and a[1] == a[2])
                print(max(abs(tensor(a) - tensor(values(2, 10)))) < 1e-6)
                """);

        assertThat(lines).containsExactly("true", "true");
    }

    @Test
    void validation_changes_nothing_in_the_training() {
        String train =
                "m = train(mlp(hidden = 8, depth = 1), x, VP(), steps = 6, batch = 8%s)\nprint(m.losses, m(d, 0.5))\n";

        assertThat(run(train.formatted(", validation = d, patience = 100"))).isEqualTo(run(train.formatted("")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"validate = 4 | [4, 8, 10] | 3", "validate = 100 | [10] | 1"})
    void validate_is_the_number_of_steps_between_validations(String option, String steps, int count) {
        assertThat(run("""
                m = train(line, x, VP(), loss = plain, predict = "output", steps = 10, batch = 8, validation = d, %s)
                h = m.history
                at = [h.step[i] for i in 0..9 if h.validation[i] < inf]
                print(at, len(at))
                """.formatted(option))).containsExactly(steps + " " + count);
    }

    /**
     * The validation data are the negative of the training data, so that what the training learns, a factor of 2, is
     * ever worse for them: the first validation is the best.
     */
    private static final String WORSE = """
            m = train(line, x, VP(), loss = (score, process, x0) -> mean((score(x0, 0.5) - abs(x0))^2), steps = %d,
                      predict = "output", batch = 24, ema = 0, validation = validating, patience = 3,
                      optimizer = adam(learning_rate = 0.1)%s)
            """;

    @Test
    void patience_ends_a_training_and_gives_back_the_best_model() {
        RecordedConsole console = new RecordedConsole();
        List<String> lines = Script.run(PARTS + """
                        x = abs(x) + 1
                        validating = -x
                        """ + WORSE.formatted(500, "") + """
                        h = m.history
                        best = min(h.validation)
                        print(len(h.step) < 50, h.validation[-4] == best, len(m.losses) == h.step[-1])
                        print(abs(mean((m(validating, 0.5) - abs(validating))^2) - best) < 1e-5*best)
                        """, folder, console);

        assertThat(lines).containsExactly("true true true", "true");
        assertThat(console.notes()).anySatisfy(note -> assertThat(note)
                .matches("the training ended after \\d+ of 500 steps, since 3 validations in a row were no"
                        + " better; the model is that after step \\d+, with the least validation loss, [\\d.]+"));
    }

    /** The network is 0 at every step, so all validations are equal: the first is the best, three more end the training. */
    @Test
    void a_validation_as_good_as_the_best_is_no_better() {
        assertThat(run("""
                network zero(x, t) = dense(0*x, 1, bias = false)
                m = train(zero, x, VP(), loss = noisy, predict = "output", steps = 500, batch = 4, validation = d,
                          validate = 5, patience = 3)
                print(m.history.step[-1])
                """)).containsExactly("20");
    }

    @Test
    void a_training_goes_on_to_the_same_history_and_end_as_without_the_stop() {
        String data = "x = abs(x) + 1\nvalidating = -x\n";
        String shown = "print(m.history, m(d, 0.5))\n";
        String state = ", validate = 5, checkpoint = \"%s\", every = 10%s";
        List<String> whole = run(data + WORSE.formatted(500, state.formatted("whole", "")) + shown);
        run(data + WORSE.formatted(12, state.formatted("half", "")));
        List<String> resumed = run(data + WORSE.formatted(500, state.formatted("half", ", resume = true")) + shown);
        List<String> again = run(data + WORSE.formatted(500, state.formatted("whole", ", resume = true")) + shown);

        assertThat(resumed).hasSameSizeAs(whole);
        assertThat(again).isEqualTo(whole);
    }

    @Test
    void the_history_is_saved_with_the_model() {
        assertThat(run("""
                m = train(line, x, VP(), loss = plain, predict = "output", steps = 5, batch = 8, validation = d)
                again = load(save(m, "m.safetensors"), network = line)
                print(again.history == m.history, again.history.step)
                """)).containsExactly("true [1, 2, 3, 4, 5]");
    }

    @Test
    void metrics_hold_the_numbers_of_the_history() throws IOException {
        List<String> lines = run("""
                m = train(line, x, VP(), loss = plain, predict = "output", steps = 3, batch = 8, validation = d)
                print("\\"loss\\":{m.history.loss[-1]:.17g}"[:12], "\\"validation\\":{m.history.validation[-1]:.17g}"[:20])
                print("\\"gradient\\":{m.history.gradient[-1]:.17g}"[:18])
                """);

        String last = Files.readAllLines(folder.resolve("metrics.jsonl")).getLast();
        assertThat(last).contains(lines.get(0).split(" ")).contains(lines.get(1));
    }

    @Test
    void labels_of_the_validation_data_are_used() {
        assertThat(run("""
                network shown(x, t, label) = 0*dense(x, 1) + reshape(label, [-1, 1])
                loss seen(score, process, x0) = mean(score(x0, 0.5))
                m = train(shown, labelled(x, arange(24)), VP(), loss = seen, predict = "output", steps = 1, batch = 4,
                          validation = labelled(d, arange(10)))
                print(m.history.validation)
                """)).containsExactly("[4.5]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "patience = 3                                  | E0811",
                "validate = 3                                  | E0811",
                "validation = randn([4, 2])                    | E0813",
                "validation = randn([4])                       | E0802",
                "validation = d/0                              | E0810"
            })
    void validation_that_cannot_be_is_refused(String option, String code) {
        assertThatThrownBy(() -> run("train(line, x, VP(), loss = plain, predict = \"output\", steps = 1, batch = 8, "
                        + option + ")"))
                .satisfies(Refusal.with(code));
    }

    @Test
    void validation_without_the_labels_of_the_training_is_refused() {
        assertThatThrownBy(() -> run("""
                network told(x, t, label = 0) = dense(x, 1) + reshape(label*ones([len(x)]), [-1, 1])
                train(told, labelled(x, arange(24)), VP(), steps = 1, batch = 8, validation = d)
                """)).satisfies(Refusal.with("E0813"));
    }
}
