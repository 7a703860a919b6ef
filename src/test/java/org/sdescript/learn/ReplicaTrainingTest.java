package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.Script;
import org.sdescript.backend.Execution;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.exchange.Rings;
import org.sdescript.interrupt.Interruption;
import org.sdescript.runtime.Settings;

/** Trainings of several replicas, each in a thread, against the same training on one machine. */
@Timeout(240)
@Tag("numbers")
class ReplicaTrainingTest {
    private static final int STEPS = 200;

    @TempDir
    Path folder;

    private static Settings settings() {
        return Settings.standard().threads(1);
    }

    private static String script(String precision, String options) {
        return """
                set(seed = 3, precision = "%s")
                score = train(mlp(hidden = 16), moons(200), VP(), batch = 32, steps = %d, %s)
                for v in score.losses { print("{v:.17g}") }
                """.formatted(precision, STEPS, options);
    }

    private static double[] alone(String script, Settings settings) {
        return Script.run(script, settings).stream()
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** Compares the numbers that all replicas print, the same in all, with those of one machine. */
    private void compare(int world, String script, Settings settings, double tolerance) {
        List<ReplicaRuns.Run> runs = ReplicaRuns.all(world, script, folder, settings);
        for (ReplicaRuns.Run run : runs) {
            assertThat(run.lines()).isEqualTo(runs.getFirst().lines());
        }
        double[] wanted = alone(script, settings);
        double[] found = runs.getFirst().numbers();
        assertThat(found).hasSameSizeAs(wanted);
        for (int k = 0; k < found.length; k++) {
            assertThat(found[k]).as("number %d", k).isCloseTo(wanted[k], within(tolerance * Math.abs(wanted[k])));
        }
    }

    /**
     * The slices' gradients are sums in another order, so a component differs by at most δ = n ε Σ|terms|, with n = 32
     * samples and the unit ε of the precision: about 4e-15 in double precision. Adam divides by the size of the component,
     * at least 1e-8, so a step moves a parameter by at most the rate 1e-3 times δ/1e-8 = 4e-7 away, and 200 steps by at
     * most 200·4e-10 = 8e-8 if each component were as small as that at every step. Where the components have their usual
     * size, 1e-2 and above, it is 1e-13; 1e-9 leaves four digits for the growth of these differences over the steps. In
     * single precision ε is 5e8 times as large: 1e-13 becomes 5e-5, and 1e-3 leaves a factor of 20.
     */
    @ParameterizedTest
    @CsvSource({"1, float64, 0", "2, float64, 1e-9", "3, float64, 1e-9", "4, float64, 1e-9", "3, float32, 1e-3"})
    void losses_are_those_of_one_machine(int world, String precision, double tolerance) {
        compare(world, script(precision, "clip = 1"), settings(), tolerance);
    }

    @Test
    void losses_of_the_eager_backend_are_those_of_one_machine() {
        compare(2, script("float64", "clip = 1"), settings().execution(Execution.EAGER), 1e-9);
    }

    /** The clip bounds the gradient of most steps; validation, its end by patience and the averages are those of all. */
    @Test
    void labels_decay_averages_and_validation_are_those_of_one_machine() {
        compare(3, """
                set(seed = 3, precision = "float64")
                network net(x, t, label; hidden = 8) {
                  h = concat([dense(x, hidden), embedding(label, 2, hidden), dense(sinusoidal(t, 8), hidden)], axis = 1)
                  return dense(silu(h), 2)
                }
                part, rest = moons(200).split(0.6)
                score = train(net(), part, VP(), batch = 16, steps = 400, clip = 0.1, ema = 0.9, validation = rest,
                              validate = 5, patience = 2, optimizer = adam(learning_rate = 0.02, weight_decay = 0.1))
                for v in score.losses { print("{v:.17g}") }
                for v in score.history.validation { if v == v { print("{v:.17g}") } }
                for row in list(score(tensor([[0.5, -1], [2, 0.25]]), 0.3, label = 1)) { for v in row { print("{v:.17g}") } }
                """, settings(), 1e-9);
    }

    @Test
    void a_batch_smaller_than_the_number_of_replicas_is_refused() {
        assertThat(failures(3, rank -> "score = train(mlp(hidden = 8), moons(64), VP(), steps = 2, batch = 2)"))
                .allSatisfy(error -> assertThat(code(error)).isEqualTo("E0817"));
    }

    private List<Throwable> failures(int world, IntFunction<String> scripts) {
        return ReplicaRuns.outcomes(world, scripts, folder, settings()).stream()
                .<Throwable>map(Rings.Outcome::failure)
                .toList();
    }

    private static String code(Throwable error) {
        return ((SdeError) error).diagnostics().getFirst().code();
    }

    /**
     * Replicas that average each 16 steps have the gradients of other parameters, so they train another model, but one as
     * good: its distance from the data differs from that of the synchronous training, by the same noise of the sampler, by
     * less than half of what the steps after the first 16 have gained. An average holds four vectors of the parameters' size (parameters, two
     * moments, one average) where a step sends one gradient, so it sends a quarter of the bytes, not a sixteenth.
     */
    @Test
    void averages_each_sixteen_steps_train_as_well_with_a_sixteenth_of_the_sums() {
        String script = """
                set(seed = 3, precision = "float64")
                data = moons(512)
                score = train(mlp(hidden = 32, depth = 2), data, VP(), batch = 64, steps = %d, ema = 0.9,
                              average = %d, optimizer = adam(learning_rate = 5e-3))
                x = sample(VP(), score, n = 256, using = pc(steps = 50))
                print(energy_distance(x, data.x))
                """;
        ReplicaRuns.Run poor =
                ReplicaRuns.all(2, script.formatted(16, 1), folder, settings()).getFirst();
        ReplicaRuns.Run whole =
                ReplicaRuns.all(2, script.formatted(480, 1), folder, settings()).getFirst();
        List<ReplicaRuns.Run> local = ReplicaRuns.all(2, script.formatted(480, 16), folder, settings());

        double gained = poor.numbers()[0] - whole.numbers()[0];
        assertThat(gained).isPositive();
        assertThat(local.get(1).lines()).isEqualTo(local.getFirst().lines());
        assertThat(local.getFirst().numbers()[0]).isCloseTo(whole.numbers()[0], within(gained / 2));
        assertThat(whole.traffic().sums()).isEqualTo(480);
        assertThat(local.getFirst().traffic().sums()).isEqualTo(480 / 16);
    }

    @Test
    void all_replicas_record_the_same_losses_after_an_average() {
        List<ReplicaRuns.Run> runs =
                ReplicaRuns.all(2, script("float64", "average = 16, ema = power_ema(0.1)"), folder, settings());
        assertThat(runs.get(1).lines()).hasSize(STEPS).isEqualTo(runs.getFirst().lines());
    }

    /** The training ends by patience, after a step that is no multiple of 16, with the model of the step 5 before. */
    @Test
    void all_replicas_return_the_model_of_the_same_validation() {
        assertThat(lines("""
                set(seed = 3)
                part, rest = moons(200).split(0.6)
                score = train(mlp(hidden = 8, depth = 1), part, VP(), batch = 16, steps = 1000, average = 16, validation = rest,
                              validate = 5, patience = 1, optimizer = adam(learning_rate = 0.1))
                if len(score.losses) >= 80 { fail("no validation was worse") }
                for row in list(score(tensor([[0.5, -1], [2, 0.25]]), 0.3)) { for v in row { print("{v:.17g}") } }
                """)).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"average = 1", "average = 16"})
    void training_goes_on_to_the_same_numbers_as_without_the_stop(String average) {
        String script = """
                set(seed = 3)
                score = train(mlp(hidden = 8, depth = 1), moons(64), VP(), batch = 16, every = 20, %s, %s)
                for v in score.losses { print("{v:.17g}") }
                """;
        List<String> whole = lines(script.formatted(average, "steps = 120, checkpoint = \"whole\""));
        lines(script.formatted(average, "steps = 60, checkpoint = \"half\""));
        assertThat(lines(script.formatted(average, "steps = 120, checkpoint = \"half\", resume = true")))
                .hasSize(120)
                .isEqualTo(whole);
        assertThat(folder.resolve("metrics.jsonl")).content().satisfies(text -> assertThat(text.lines())
                .doesNotHaveDuplicates());
    }

    private List<String> lines(String script) {
        List<ReplicaRuns.Run> runs = ReplicaRuns.all(2, script, folder, settings());
        assertThat(runs.get(1).lines()).isEqualTo(runs.getFirst().lines());
        return runs.getFirst().lines();
    }

    @Test
    void a_replica_without_the_checkpoint_is_named() throws IOException {
        String script = """
                score = train(mlp(hidden = 8, depth = 1), moons(64), VP(), batch = 16, steps = 2, checkpoint = "%s", resume = true)
                print(score)
                """;
        lines(script.formatted("kept"));
        Files.createDirectories(folder.resolve("empty"));
        List<Throwable> errors = failures(2, rank -> script.formatted(rank == 0 ? "kept" : "empty"));
        assertThat(code(errors.get(1))).isEqualTo("E0819");
        assertThat(errors.get(0)).hasMessageContaining("rank 1").hasMessageContaining("E0819");
    }

    private static String withRate(String rule) {
        return """
                set(seed = 3)
                score = train(mlp(hidden = 8, depth = 1), moons(64), VP(), batch = 16, steps = 300,
                              optimizer = adam(learning_rate = k -> %s))
                print(score)
                """.formatted(rule);
    }

    @Test
    void a_replica_whose_parameters_differ_is_named() {
        assertThat(failures(3, rank -> withRate(rank == 1 ? "if k == 50 then 1.1e-3 else 1e-3" : "1e-3")))
                .allSatisfy(error -> assertThat(error)
                        .hasMessage("the parameters of the workers differ after step 100: those of ranks 0, 2 are not"
                                + " those of rank 1"));
        assertThat(failures(2, rank -> withRate("1e-3").replace("seed = 3", "seed = " + rank)))
                .allSatisfy(error -> assertThat(code(error)).isEqualTo("E0818"));
    }

    @Test
    void an_error_of_one_replica_ends_all_and_the_first_saves_the_state() {
        List<Throwable> errors =
                failures(3, rank -> withRate(rank == 1 ? "if k < 20 then 1e-3 else \"small\"" : "1e-3"));
        assertThat(code(errors.get(1))).doesNotStartWith("E096");
        for (int rank : new int[] {0, 2}) {
            assertThat(code(errors.get(rank))).isEqualTo("E0961");
            assertThat(errors.get(rank))
                    .hasMessageContaining("rank 1")
                    .hasMessageContaining(errors.get(1).getMessage());
        }
        assertThat(((SdeError) errors.getFirst()).diagnostics().getFirst().notes())
                .anySatisfy(note -> assertThat(note).contains("after step 20 is saved"));
        assertThat(folder.resolve("stopped/state.safetensors")).exists();
    }

    @Test
    void a_loss_that_is_not_finite_ends_all_alike() {
        List<Throwable> errors = failures(
                2, rank -> withRate("if k < 9 then 1e-3 else 1e30").replace("steps = 300", "steps = 300, clip = 0"));
        assertThat(errors).allSatisfy(error -> assertThat(code(error)).isEqualTo("E0801"));
    }

    @Test
    void a_stop_of_one_replica_ends_all() {
        List<Rings.Outcome<ReplicaRuns.Run>> outcomes = Rings.outcomes(
                2,
                Rings.PATIENT,
                exchange -> ReplicaRuns.run(
                        exchange,
                        withRate("1e-3").replace("steps = 300", "steps = 1000000"),
                        folder,
                        settings(),
                        session -> {
                            if (exchange.rank() == 1) {
                                session.stop().request();
                            }
                        }));
        assertThat(outcomes.get(1).failure()).isInstanceOf(Interruption.class);
        assertThat(outcomes.get(0).failure()).hasMessageContaining("rank 1").hasMessageContaining("it was stopped");
    }
}
