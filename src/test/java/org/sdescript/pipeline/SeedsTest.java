package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.Script;
import org.sdescript.backend.DrawPurpose;
import org.sdescript.backend.Execution;
import org.sdescript.backend.RandomStream;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Precision;
import org.sdescript.runtime.Settings;

/**
 * A seed determines the noise of sample i, independent of batches, threads, backend and precision. The samples then
 * differ by rounding, because products add their terms in another order.
 */
@Tag("numbers")
class SeedsTest {
    private static final int STEPS = 20;
    private static final int WIDTH = 32;

    private static final Settings PLAIN = Settings.standard();

    private static final String TRAINED =
            "train(mlp(hidden = " + WIDTH + ", depth = 2), eight_gaussians(64), p, steps = 5, batch = 16, seed = 1)";

    /** Networks round their products depending on the size; an exact score does not. Data spreads by about 1. */
    private enum Case {
        PREDICTOR("VP()", TRAINED, "pc(steps = 20)"),
        CORRECTOR("VE()", TRAINED, "pc(steps = 10, corrector = langevin(snr = 0.1))"),
        EULER("VP()", TRAINED, "pc(steps = 20, predictor = euler_maruyama, denoise = false)"),
        SYSTEM("CLD()", "normal(std = 0.5).score(p)", "pc(steps = 10, corrector = langevin(snr = 0.05))");

        private final String process;
        private final String score;
        private final String sampler;

        Case(String process, String score, String sampler) {
            this.process = process;
            this.score = score;
            this.sampler = sampler;
        }

        /** The first and last samples, at least as many as the tests read; for a system, one state after the other. */
        private double[] samples(String options, Settings settings) {
            return Script.numbers(
                    """
                    p = %s
                    score = %s
                    x = sample(p, score, shape = [2], seed = 3, using = %s, %s)
                    all = %s
                    for row in list(all[0:min(len(all), 16)]) { print(row) }
                    for row in list(all[max(0, len(all) - 16):]) { print(row) }
                    """.formatted(
                            process, score, sampler, options, this == SYSTEM ? "concat([x.x, x.v], axis = 1)" : "x"),
                    settings);
        }

        private int numbersASample() {
            return this == SYSTEM ? 4 : 2;
        }
    }

    /** Resets the number of threads, which belongs to the process. */
    @AfterAll
    static void threads_of_the_other_tests() {
        Script.run("x = zeros([1])", PLAIN);
    }

    @ParameterizedTest
    @EnumSource
    void the_same_run_again_gives_the_same_bits(Case each) {
        assertThat(each.samples("n = 12", PLAIN)).isEqualTo(each.samples("n = 12", PLAIN));
    }

    @ParameterizedTest
    @EnumSource
    void splitting_the_work_changes_samples_by_rounding_at_most(Case each) {
        double[] whole = each.samples("n = 12", PLAIN);
        for (int batch : new int[] {1, 5, 11}) {
            assertSame(each.samples("n = 12, batch = " + batch, PLAIN), whole);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_first_samples_of_many_are_those_of_few(Case each) {
        int eight = 8 * each.numbersASample();
        double[] many = each.samples("n = 16", PLAIN);
        double[] few = each.samples("n = 8", PLAIN);
        assertSame(Arrays.copyOf(few, eight), Arrays.copyOf(many, eight));
    }

    @ParameterizedTest
    @EnumSource
    void both_ways_of_running_kernels_draw_the_same(Case each) {
        assertSame(
                each.samples("n = 12, batch = 5", PLAIN.execution(Execution.EAGER)),
                each.samples("n = 12, batch = 5", PLAIN.execution(Execution.TORCHSCRIPT)));
    }

    /** The engine splits 4096 samples by 32 among threads, but not 12. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void threads_change_samples_by_rounding_at_most(int threads) {
        double[] one = Case.PREDICTOR.samples("n = 4096", PLAIN.threads(1));
        assertSame(Case.PREDICTOR.samples("n = 4096", PLAIN.threads(threads)), one);
        assertThat(Case.PREDICTOR.samples("n = 4096", PLAIN.threads(threads)))
                .isEqualTo(Case.PREDICTOR.samples("n = 4096", PLAIN.threads(threads)));
    }

    @Test
    void single_and_double_precision_draw_the_same_numbers() {
        String script = "print(list(randn([5, 3])), list(uniform(0, 1, [7])))";
        double[] wide = Script.numbers(script, PLAIN.precision(Precision.FLOAT64));
        double[] narrow = Script.numbers(script, PLAIN.precision(Precision.FLOAT32));
        for (int i = 0; i < wide.length; i++) {
            assertThat(narrow[i]).isCloseTo(wide[i], within(Math.max(1, Math.abs(wide[i])) * 0x1p-24));
        }
    }

    /** Without this the tests above would pass trivially. */
    @ParameterizedTest
    @EnumSource
    void no_two_samples_are_the_same(Case each) {
        double[] x = Arrays.copyOf(each.samples("n = 12", PLAIN), 12 * each.numbersASample());
        for (int i = 0; i < x.length; i++) {
            for (int j = i + each.numbersASample(); j < x.length; j += each.numbersASample()) {
                assertThat(x[j]).isNotCloseTo(x[i], within(bound(x)));
            }
        }
    }

    /** Training draws its order, its initial parameters and its noise from parts 1, 2 and 3 of its seed's stream. */
    @Test
    void samples_of_a_seed_are_independent_of_what_training_with_it_draws() {
        int n = 20_000;
        double[] prior = Script.numbers("""
                x = sample(VE(hi = 1), normal().score(VE(hi = 1)), n = %d, shape = [1], seed = 7, using = pc(predictor = none, steps = 1))
                for part in range(0, %d, 100) { print(list(x[part : part + 100, 0])) }
                """.formatted(n, n));
        RandomStream seeded = new RandomStream(7);
        for (RandomStream other : List.of(seeded, seeded.split(1), seeded.split(2), seeded.split(3))) {
            double[] drawn = other.normal(Shape.of(n, 1));
            double products = 0;
            for (int i = 0; i < n; i++) {
                products += prior[i] * drawn[i];
            }
            // products of independent standard normal numbers have the standard deviation 1; five standard errors
            assertThat(products / n).isCloseTo(0, within(5 / Math.sqrt(n)));
        }
    }

    private static final String TRAINING = """
            p = VP()
            score = train(mlp(hidden = 32, depth = 2), eight_gaussians(256), p, steps = 20, batch = 64, ema = 0.9, clip = 1, seed = %d)
            print(score.losses, list(score(ones([2, 2]), 0.5)))
            """;

    @ParameterizedTest
    @EnumSource
    void the_same_training_again_gives_the_same_bits(Execution execution) {
        double[] once = Script.numbers(TRAINING.formatted(1), PLAIN.execution(execution));
        assertThat(Script.numbers(TRAINING.formatted(1), PLAIN.execution(execution)))
                .isEqualTo(once);
        assertThat(Script.numbers(TRAINING.formatted(2), PLAIN.execution(execution))[0])
                .isNotEqualTo(once[0]);
    }

    /**
     * In double precision, rounding would have to grow by 10⁶ in 20 steps to show; a different random number shows in
     * the first digits.
     */
    @Test
    void threads_change_a_training_by_rounding_at_most() {
        Settings wide = PLAIN.precision(Precision.FLOAT64);
        assertClose(
                Script.numbers(TRAINING.formatted(1), wide.threads(2)),
                Script.numbers(TRAINING.formatted(1), wide.threads(1)),
                1e-10);
    }

    /** The engine's optimiser takes its rates in single precision: a change of 2⁻²⁴ per step. */
    @Test
    void both_ways_of_running_kernels_train_alike() {
        Settings wide = PLAIN.precision(Precision.FLOAT64);
        assertClose(
                Script.numbers(TRAINING.formatted(1), wide.execution(Execution.EAGER)),
                Script.numbers(TRAINING.formatted(1), wide.execution(Execution.TORCHSCRIPT)),
                100 * STEPS * 0x1p-24);
    }

    private static final String CALLS = """
            p = VP()
            score = normal(std = 0.5).score(p)
            data = eight_gaussians(32)
            fn drawn() = print(list(sample(p, score, n = 3, shape = [2], using = pc(steps = 3))))
            fn trained() = print(train(mlp(hidden = 4), data, p, steps = 3, batch = 8).losses)
            set(seed = 7)
            """;

    /** Numbers of 53 random bits, rounded to 24, are equal by chance once in 10⁷ at most. */
    @Test
    void without_a_seed_each_sampling_and_training_draws_its_own_numbers_and_the_first_those_of_the_run() {
        List<String> lines = Script.run(CALLS + """
                drawn()
                trained()
                drawn()
                trained()
                drawn()
                trained()
                print(list(sample(p, score, n = 3, shape = [2], using = pc(steps = 3), seed = 7)))
                print(train(mlp(hidden = 4), data, p, steps = 3, batch = 8, seed = 7).losses)
                """);

        assertThat(lines.subList(0, 6)).doesNotHaveDuplicates();
        assertThat(lines.subList(6, 8)).isEqualTo(lines.subList(0, 2));
    }

    @Test
    void calls_with_a_seed_do_not_count_and_setting_the_seed_starts_anew_even_if_it_is_the_same() {
        List<String> lines = Script.run(CALLS + """
                drawn()
                given = sample(p, score, n = 3, shape = [2], using = pc(steps = 3), seed = 3)
                drawn()
                trained()
                print(list(randn([2])))
                set(seed = 7)
                drawn()
                drawn()
                trained()
                print(list(randn([2])))
                """);

        assertThat(lines.subList(4, 8)).isEqualTo(lines.subList(0, 4));
        assertThat(lines.get(1)).isNotEqualTo(lines.get(0));
    }

    /** A sampling whose stream had another purpose's key would draw that purpose's numbers. */
    @Test
    void streams_of_different_purposes_are_different() {
        assertThat(Arrays.stream(DrawPurpose.values()).map(DrawPurpose::key)).doesNotHaveDuplicates();
        double[] sampled = Script.numbers("""
                x = sample(VP(), normal().score(VP()), n = 2, shape = [2], seed = 5, using = pc(steps = 1, predictor = none))
                print(list(x))
                """);
        for (DrawPurpose purpose : DrawPurpose.values()) {
            double[] drawn = new RandomStream(5).split(purpose).normal(Shape.of(2, 2));
            // the prior of VP has the standard deviation 1 − 2e-5
            boolean isSame = Math.abs(sampled[0] - drawn[0]) < 1e-4 && Math.abs(sampled[3] - drawn[3]) < 1e-4;
            assertThat(isSame).as(purpose.name()).isEqualTo(purpose == DrawPurpose.SAMPLING);
        }
    }

    private static void assertClose(double[] actual, double[] expected, double bound) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(bound * Math.abs(expected[i])));
        }
    }

    /**
     * Each of the steps rounds products of that many terms, in float32; the factor 4 covers the growth in later steps.
     */
    private static double bound(double[] samples) {
        double size = Arrays.stream(samples).map(Math::abs).max().orElseThrow();
        return 4 * STEPS * WIDTH * 0x1p-24 * size;
    }

    private static void assertSame(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(bound(expected)));
        }
    }
}
