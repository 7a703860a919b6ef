package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;

/**
 * Samplers against mathematics. For data of N(μ, s²) the exact score is linear in x, so every step of reverse diffusion
 * is an affine map with normal noise, and a recursion of two numbers gives mean and variance of the samples. The
 * samples must agree with it up to the error of a finite sample; and the recursion must lead to the data.
 */
@Tag("numbers")
class GaussianSamplingTest {
    private static final int SAMPLES = 4000;
    private static final int STEPS = 200;

    /** Five standard errors: one false alarm in 1.7 million. */
    private static final double ERRORS = 5;

    private record Moments(double mean, double variance) {}

    /**
     * @param coefficient s(t) of the transition N(s(t) x(0), v(t)), s(0) = 1
     * @param prior the standard deviation at t = 1
     */
    private record Law(String process, DoubleUnaryOperator coefficient, DoubleUnaryOperator variance, double prior) {

        /**
         * Algorithm: x ← (2 − Φ)x + q·score(x, t) + √q z for the step Φ, q of the process from t' to t; no noise in the
         * last step.
         */
        Moments sampled(Moments data, int steps) {
            double mean = 0;
            double variance = prior * prior;
            for (int i = 0; i < steps; i++) {
                double t = time(i, steps);
                double to = time(i + 1, steps);
                double phi = coefficient.applyAsDouble(t) / coefficient.applyAsDouble(to);
                double q = this.variance.applyAsDouble(t) - phi * phi * this.variance.applyAsDouble(to);
                double s = coefficient.applyAsDouble(t);
                double marginal = s * s * data.variance() + this.variance.applyAsDouble(t);
                double factor = 2 - phi - q / marginal;
                mean = factor * mean + q / marginal * s * data.mean();
                variance = factor * factor * variance + (i + 1 < steps ? q : 0);
            }
            return new Moments(mean, variance);
        }

        private static double time(int i, int steps) {
            return 1 + (1e-5 - 1) * i / steps;
        }
    }

    private static double integral(double t) {
        return t * (0.1 + 9.95 * t);
    }

    private static Stream<Law> laws() {
        double subVariance = -Math.expm1(-integral(1));
        return Stream.of(
                new Law(
                        "VP()",
                        t -> Math.exp(-integral(t) / 2),
                        t -> -Math.expm1(-integral(t)),
                        Math.sqrt(-Math.expm1(-integral(1)))),
                new Law("VE()", t -> 1, t -> 1e-4 * Math.expm1(2 * Math.log(5000) * t), 50),
                new Law(
                        "SubVP()",
                        t -> Math.exp(-integral(t) / 2),
                        t -> Math.expm1(-integral(t)) * Math.expm1(-integral(t)),
                        subVariance));
    }

    @TestFactory
    Stream<DynamicTest> reverse_diffusion_gives_the_moments_of_its_recursion() {
        return laws().map(law -> DynamicTest.dynamicTest(law.process(), () -> {
            double[] moments = Script.numbers("""
                    p = %s
                    score = normal(mean = tensor([1, -0.5]), std = tensor([0.5, 1.5])).score(p)
                    x = sample(p, score, n = %d, shape = [2], seed = 5, using = pc(steps = %d))
                    print(list(mean(x, axis = 0)), list(std(x, axis = 0)))
                    """.formatted(law.process(), SAMPLES, STEPS));

            compare(moments[0], moments[2], law.sampled(new Moments(1, 0.25), STEPS));
            compare(moments[1], moments[3], law.sampled(new Moments(-0.5, 2.25), STEPS));
        }));
    }

    @TestFactory
    Stream<DynamicTest> one_dimension_is_no_special_case() {
        return laws().map(law -> DynamicTest.dynamicTest(law.process(), () -> {
            double[] moments = Script.numbers("""
                    p = %s
                    x = sample(p, normal(mean = 2, std = 0.5).score(p), n = %d, shape = [1], seed = 6, using = pc(steps = %d))
                    print(number(mean(x)), number(std(x)))
                    """.formatted(law.process(), SAMPLES, STEPS));

            compare(moments[0], moments[1], law.sampled(new Moments(2, 0.25), STEPS));
        }));
    }

    /** Standard errors: s/√n of the mean, s/√(2n) of the standard deviation. */
    private static void compare(double mean, double std, Moments exact) {
        double spread = Math.sqrt(exact.variance());
        assertThat(mean).isCloseTo(exact.mean(), within(ERRORS * spread / Math.sqrt(SAMPLES)));
        assertThat(std).isCloseTo(spread, within(ERRORS * spread / Math.sqrt(2 * SAMPLES)));
    }

    @TestFactory
    Stream<DynamicTest> the_recursion_leads_to_the_data_with_an_error_of_first_order() {
        Moments data = new Moments(1, 0.25);
        return laws().map(law -> DynamicTest.dynamicTest(law.process(), () -> {
            double coarse = distance(law.sampled(data, 1000), data);
            double fine = distance(law.sampled(data, 2000), data);

            assertThat(fine).isLessThan(0.02);
            assertThat(coarse / fine).isBetween(1.6, 2.4);
        }));
    }

    private static double distance(Moments a, Moments b) {
        return Math.abs(Math.sqrt(a.variance()) - Math.sqrt(b.variance()));
    }

    @Test
    void a_langevin_corrector_keeps_the_law() {
        double[] moments = Script.numbers("""
                p = VP()
                x = sample(p, normal(std = 0.5).score(p), n = 4000, shape = [1], seed = 7,
                           using = pc(steps = 200, corrector = langevin(snr = 0.05, norms = "batch")))
                print(number(mean(x)), number(std(x)))
                """);

        assertThat(moments[0]).isCloseTo(0, within(ERRORS * 0.5 / Math.sqrt(SAMPLES)));
        assertThat(moments[1]).isCloseTo(0.5, within(0.5 * (0.03 + ERRORS / Math.sqrt(2 * SAMPLES))));
    }

    @Test
    void a_run_with_the_same_seed_gives_the_same_numbers() {
        String script = """
                data = moons(200)
                score = train(mlp(hidden = 16, depth = 1), data, VP(), steps = 20, batch = 32, seed = 1)
                x = sample(VP(), score, n = 9, seed = 2, using = pc(steps = 20, corrector = langevin(snr = 0.1)))
                print(list(x), score.losses, energy_distance(x, data), list(randn([3])))
                """;

        assertThat(Script.run(script)).isEqualTo(Script.run(script));
    }

    @Test
    void other_seeds_give_other_numbers() {
        String script =
                "print(list(sample(VP(), normal().score(VP()), n = 3, shape = [1], seed = %d, using = pc(steps = 5))))";

        assertThat(Script.run(script.formatted(1))).isNotEqualTo(Script.run(script.formatted(2)));
    }

    @Test
    void batches_do_not_change_the_samples() {
        String script = """
                vp = VP()
                s = normal(std = 0.5).score(vp)
                whole = sample(vp, s, n = 40, shape = [2], seed = 4, using = pc(steps = 30, corrector = langevin(snr = 0.1)))
                parts = sample(vp, s, n = 40, shape = [2], seed = 4, batch = 7, using = pc(steps = 30, corrector = langevin(snr = 0.1)))
                fewer = sample(vp, s, n = 11, shape = [2], seed = 4, using = pc(steps = 30, corrector = langevin(snr = 0.1)))
                print(number(max(abs(whole - parts))), number(max(abs(whole[:11] - fewer))))
                """;

        assertThat(Script.numbers(script)).containsOnly(0.0);
    }

    /** A matrix product adds its terms in an order that depends on its size: 30 steps, sums of 32 terms in float32. */
    @Test
    void batches_change_a_networks_samples_by_rounding_at_most() {
        String script = """
                vp = VP()
                s = train(mlp(hidden = 32, depth = 2), moons(200), vp, steps = 20, batch = 32, seed = 1)
                whole = sample(vp, s, n = 40, seed = 4, using = pc(steps = 30))
                parts = sample(vp, s, n = 40, seed = 4, batch = 7, using = pc(steps = 30))
                print(number(max(abs(whole - parts))), number(max(abs(whole))))
                """;

        double[] difference = Script.numbers(script);
        double perProduct = 32 * 0x1p-24;
        assertThat(difference[0]).isLessThan(30 * perProduct * difference[1]);
    }
}
