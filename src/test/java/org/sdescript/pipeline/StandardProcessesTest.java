package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;

/**
 * The numbers that scripts get from the standard processes, against closed forms derived by hand and written without
 * cancellation, from t = 1e-5 to the end of each process. B(t) = ∫₀ᵗ β = 0.1 t + 9.95 t² and L = log(hi/lo) = log 5000.
 */
class StandardProcessesTest {
    private static final double[] TIMES = {1e-5, 1e-4, 1e-3, 1e-2, 0.1, 0.5, 0.999};
    private static final double IN_DOUBLE = 1e-12;

    /** Half a unit in the last place of a float32, and a little for the rounding in double before it. */
    private static final double IN_FLOAT = 1.001 * 0x1p-24;

    private static final double LOG_RATIO = Math.log(5000);

    /** A process as a script writes it, the last of its times, and its quantities. */
    private record Case(String process, double last, List<Quantity> quantities) {
        static Case of(String process, double last, Quantity... quantities) {
            return new Case(process, last, List.of(quantities));
        }

        /** The lines of a script, one per quantity. */
        String prints(UnaryOperator<String> line) {
            return quantities.stream()
                    .map(quantity -> line.apply(quantity.expression()))
                    .collect(Collectors.joining("\n"));
        }
    }

    /** A quantity of a process at a time; the tolerance 1e-12 of a logarithm is that of its argument. */
    private record Quantity(String expression, DoubleUnaryOperator exact) {
        private boolean isLogarithm() {
            return expression.startsWith("log");
        }
    }

    private record Step(String expression, DoubleBinaryOperator exact) {}

    private static double beta(double t) {
        return 0.1 + 19.9 * t;
    }

    private static double integral(double t) {
        return t * (0.1 + 9.95 * t);
    }

    /** B(t) − B(s) without cancellation. */
    private static double integral(double s, double t) {
        return (t - s) * (0.1 + 9.95 * (t + s));
    }

    private static double noised(double integral) {
        return -Math.expm1(-integral);
    }

    /** cos(½πt), for t near 1 as the sine of the remainder to a quarter turn. */
    private static double cosine(double t) {
        return t < 0.5 ? Math.cos(Math.PI / 2 * t) : Math.sin(Math.PI / 2 * (1 - t));
    }

    private static double sine(double t) {
        return Math.sin(Math.PI / 2 * t);
    }

    /** σ(t) = lo (hi/lo)ᵗ of VE. */
    private static double sigma(double t) {
        return 0.01 * Math.exp(LOG_RATIO * t);
    }

    /**
     * 1 − exp(−z)(1 + z + z²/2), the lower incomplete gamma function P(3, z): as a series where this form would cancel.
     */
    private static double gammaOfThree(double z) {
        if (z > 2) {
            return 1 - Math.exp(-z) * (1 + z + z * z / 2);
        }
        double term = z * z * z / 6;
        double total = 0;
        for (int k = 4; k < 40; k++) {
            total += term;
            term *= z / k;
        }
        return Math.exp(-z) * total;
    }

    private static Stream<Case> cases() {
        return Stream.of(
                Case.of(
                        "VP()",
                        1,
                        new Quantity("drift(1, t)", t -> -beta(t) / 2),
                        new Quantity("diffusion(1, t)", t -> Math.sqrt(beta(t))),
                        new Quantity("transition.mean_coef(t)", t -> Math.exp(-integral(t) / 2)),
                        new Quantity("transition.std(t)", t -> Math.sqrt(noised(integral(t)))),
                        new Quantity("transition.variance(t)", t -> noised(integral(t))),
                        new Quantity("snr(t)", t -> 1 / Math.expm1(integral(t))),
                        new Quantity("log_snr(t)", t -> -Math.log(Math.expm1(integral(t))))),
                Case.of(
                        "SubVP()",
                        1,
                        new Quantity("drift(1, t)", t -> -beta(t) / 2),
                        new Quantity("diffusion(1, t)", t -> Math.sqrt(beta(t) * noised(2 * integral(t)))),
                        new Quantity("transition.mean_coef(t)", t -> Math.exp(-integral(t) / 2)),
                        new Quantity("transition.std(t)", t -> noised(integral(t))),
                        new Quantity("transition.variance(t)", t -> Math.pow(noised(integral(t)), 2)),
                        // e⁻ᴮ/(1 − e⁻ᴮ)² = 1/(4 sinh²(½B))
                        new Quantity("snr(t)", t -> Math.pow(2 * Math.sinh(integral(t) / 2), -2)),
                        new Quantity("log_snr(t)", t -> -2 * Math.log(2 * Math.sinh(integral(t) / 2)))),
                Case.of(
                        "VE()",
                        1,
                        new Quantity("drift(1, t)", t -> 0),
                        new Quantity("diffusion(1, t)", t -> sigma(t) * Math.sqrt(2 * LOG_RATIO)),
                        new Quantity("transition.mean_coef(t)", t -> 1),
                        new Quantity("transition.std(t)", t -> 0.01 * Math.sqrt(Math.expm1(2 * LOG_RATIO * t))),
                        new Quantity("transition.variance(t)", t -> 1e-4 * Math.expm1(2 * LOG_RATIO * t)),
                        new Quantity("snr(t)", t -> 1e4 / Math.expm1(2 * LOG_RATIO * t)),
                        new Quantity("log_snr(t)", t -> -Math.log(1e-4 * Math.expm1(2 * LOG_RATIO * t)))),
                Case.of(
                        "CosineVP()",
                        0.999,
                        new Quantity("drift(1, t)", t -> -Math.PI / 2 * sine(t) / cosine(t)),
                        new Quantity("diffusion(1, t)", t -> Math.sqrt(Math.PI * sine(t) / cosine(t))),
                        new Quantity("transition.mean_coef(t)", t -> cosine(t)),
                        new Quantity("transition.std(t)", t -> sine(t)),
                        new Quantity("transition.variance(t)", t -> Math.pow(sine(t), 2)),
                        new Quantity("snr(t)", t -> Math.pow(cosine(t) / sine(t), 2)),
                        new Quantity("log_snr(t)", t -> 2 * Math.log(cosine(t) / sine(t)))),
                Case.of(
                        "RectifiedFlow()",
                        0.999,
                        new Quantity("drift(1, t)", t -> -1 / (1 - t)),
                        // σ = t/(1 − t), hence s²·2σσ̇ = 2t/(1 − t)
                        new Quantity("diffusion(1, t)", t -> Math.sqrt(2 * t / (1 - t))),
                        new Quantity("transition.mean_coef(t)", t -> 1 - t),
                        new Quantity("transition.std(t)", t -> t),
                        new Quantity("transition.variance(t)", t -> t * t),
                        new Quantity("snr(t)", t -> Math.pow((1 - t) / t, 2)),
                        new Quantity("log_snr(t)", t -> 2 * Math.log((1 - t) / t))),
                Case.of(
                        "Karras()",
                        80,
                        new Quantity("drift(1, t)", t -> 0),
                        new Quantity("diffusion(1, t)", t -> Math.sqrt(2 * t)),
                        new Quantity("transition.mean_coef(t)", t -> 1),
                        new Quantity("transition.std(t)", t -> t),
                        new Quantity("transition.variance(t)", t -> t * t),
                        new Quantity("snr(t)", t -> Math.pow(t, -2)),
                        new Quantity("log_snr(t)", t -> -2 * Math.log(t))),
                // scaled to keep the variance: s² (1 + σ²) = 1
                Case.of(
                        "Karras(s = t -> 1/sqrt(1 + t^2))",
                        80,
                        new Quantity("drift(1, t)", t -> -t / (1 + t * t)),
                        new Quantity("diffusion(1, t)", t -> Math.sqrt(2 * t / (1 + t * t))),
                        new Quantity("transition.mean_coef(t)", t -> 1 / Math.sqrt(1 + t * t)),
                        new Quantity("transition.std(t)", t -> t / Math.sqrt(1 + t * t)),
                        new Quantity("transition.variance(t)", t -> t * t / (1 + t * t)),
                        new Quantity("snr(t)", t -> Math.pow(t, -2)),
                        new Quantity("log_snr(t)", t -> -2 * Math.log(t))),
                Case.of(
                        "OrnsteinUhlenbeck(theta = 3, mu = 2, sigma = 1/2)",
                        3,
                        new Quantity("drift(1, t)", t -> 3),
                        new Quantity("diffusion(1, t)", t -> 0.5),
                        new Quantity("transition.mean(0, t)", t -> 2 * noised(3 * t)),
                        new Quantity("transition.mean_coef(t)", t -> Math.exp(-3 * t)),
                        new Quantity("transition.std(t)", t -> Math.sqrt(noised(6 * t) / 24)),
                        new Quantity("transition.variance(t)", t -> noised(6 * t) / 24),
                        new Quantity("snr(t)", t -> 24 / Math.expm1(6 * t)),
                        new Quantity("log_snr(t)", t -> Math.log(24 / Math.expm1(6 * t)))));
    }

    /**
     * CLD: both eigenvalues are −8, so exp(At) = e⁻⁸ᵗ (1 + (A + 8) t), and Σ = ∫ exp(Ar) Q exp(Ar)ᵀ dr by parts,
     * with z = 16t.
     */
    private static Stream<Case> matrices() {
        return Stream.of(Case.of(
                "CLD().transition",
                1,
                new Quantity("mean_coef(t)[0, 0]", t -> Math.exp(-8 * t) * (1 + 8 * t)),
                new Quantity("mean_coef(t)[0, 1]", t -> Math.exp(-8 * t) * 16 * t),
                new Quantity("mean_coef(t)[1, 0]", t -> -Math.exp(-8 * t) * 4 * t),
                new Quantity("mean_coef(t)[1, 1]", t -> Math.exp(-8 * t) * (1 - 8 * t)),
                new Quantity("cov(t)[0, 0]", t -> gammaOfThree(16 * t)),
                new Quantity("cov(t)[0, 1]", t -> 64 * t * t * Math.exp(-16 * t)),
                new Quantity("cov(t)[1, 0]", t -> 64 * t * t * Math.exp(-16 * t)),
                // ¼ (1 − e⁻ᶻ (1 − z + ½z²))
                new Quantity("cov(t)[1, 1]", t -> (noised(16 * t) + Math.exp(-16 * t) * (16 * t - 128 * t * t)) / 4),
                new Quantity("std(t).x", t -> Math.sqrt(gammaOfThree(16 * t)))));
    }

    /**
     * x(t) given x(s); SubVP's variance is (1 − e⁻ᵇ)² − e⁻⁽ᵇ⁻ᵃ⁾(1 − e⁻ᵃ)² = (1 − e⁻⁽ᵇ⁻ᵃ⁾)(1 − e⁻⁽ᵃ⁺ᵇ⁾)
     * with a = B(s), b = B(t).
     */
    private static Stream<Step> steps() {
        return Stream.of(
                new Step("VP().transition.between(s, t).mean_coef", (s, t) -> Math.exp(-integral(s, t) / 2)),
                new Step("VP().transition.between(s, t).variance", (s, t) -> noised(integral(s, t))),
                new Step(
                        "VE().transition.between(s, t).variance",
                        (s, t) -> 1e-4 * Math.exp(2 * LOG_RATIO * s) * Math.expm1(2 * LOG_RATIO * (t - s))),
                new Step("SubVP().transition.between(s, t).mean_coef", (s, t) -> Math.exp(-integral(s, t) / 2)),
                new Step(
                        "SubVP().transition.between(s, t).variance",
                        (s, t) -> noised(integral(s, t)) * noised(integral(s) + integral(t))),
                new Step("CosineVP().transition.between(s, t).mean_coef", (s, t) -> cosine(t) / cosine(s)),
                // sin²(t) − (sin(s) cos(t)/cos(s))², by the sines of sum and difference
                new Step(
                        "CosineVP().transition.between(s, t).variance",
                        (s, t) -> sine(t - s) * sine(t + s) / Math.pow(cosine(s), 2)),
                new Step("RectifiedFlow().transition.between(s, t).mean_coef", (s, t) -> (1 - t) / (1 - s)),
                new Step(
                        "RectifiedFlow().transition.between(s, t).variance",
                        (s, t) -> (t - s) * (t * (1 - s) + s * (1 - t)) / Math.pow(1 - s, 2)),
                new Step("Karras().transition.between(s, t).variance", (s, t) -> (t - s) * (t + s)),
                new Step(
                        "Karras(s = t -> 1/sqrt(1 + t^2)).transition.between(s, t).variance",
                        (s, t) -> (t - s) * (t + s) / (1 + t * t)),
                new Step(
                        "OrnsteinUhlenbeck(theta = 3, mu = 2, sigma = 1/2).transition.between(s, t).offset",
                        (s, t) -> 2 * noised(3 * (t - s))),
                new Step(
                        "OrnsteinUhlenbeck(theta = 3, mu = 2, sigma = 1/2).transition.between(s, t).variance",
                        (s, t) -> noised(6 * (t - s)) / 24));
    }

    /** Four times per decade from 1e-5, and the last time. */
    private static double[] times(double last) {
        int count = (int) Math.ceil(4 * Math.log10(last / 1e-5) - 1e-9);
        return IntStream.rangeClosed(0, count)
                .mapToDouble(k -> k == count ? last : 1e-5 * Math.pow(10, k / 4.0))
                .toArray();
    }

    @TestFactory
    Stream<DynamicTest> numbers_agree_with_closed_forms_to_twelve_digits() {
        return Stream.of(cases(), matrices())
                .flatMap(each -> each)
                .map(its -> DynamicTest.dynamicTest(its.process(), () -> {
                    double[] times = times(its.last());
                    compare(
                            its,
                            times,
                            Script.numbers("set(precision = \"float64\")\np = " + its.process() + "\n"
                                    + its.prints(
                                            quantity -> "for t in " + list(times) + " { print(p." + quantity + ") }")),
                            quantity -> IN_DOUBLE);
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_tensor_of_times_gives_them_rounded_to_float32() {
        return cases().map(its -> DynamicTest.dynamicTest(its.process(), () -> {
            double[] times = times(its.last());
            String ones = "ones([" + times.length + "])";
            compare(
                    its,
                    Arrays.stream(times).map(t -> (float) t).toArray(),
                    Script.numbers("t = tensor(" + list(times) + ")\np = " + its.process() + "\n"
                            + its.prints(quantity -> "print(list(" + ones + "*p."
                                    + quantity.replaceFirst("\\(([01]), t\\)", "($1*" + ones + ", t)") + "))")),
                    // a coefficient is rounded, and its product with x once more
                    quantity -> quantity.startsWith("drift") ? 2 * IN_FLOAT : IN_FLOAT);
        }));
    }

    @TestFactory
    Stream<DynamicTest> steps_agree_with_closed_forms_however_short() {
        return steps().flatMap(step -> Stream.of(0.0, 0.5, 0.999)
                .map(share -> DynamicTest.dynamicTest(
                        step.expression() + " from " + share + " t",
                        () -> compare(
                                Script.numbers("for t in " + list(TIMES) + " { s = " + share + "*t; print("
                                        + step.expression() + ") }"),
                                Arrays.stream(TIMES)
                                        .map(t -> step.exact().applyAsDouble(share * t, t))
                                        .toArray(),
                                IN_DOUBLE))));
    }

    @TestFactory
    Stream<DynamicTest> a_tensor_of_steps_gives_them_rounded_to_float32() {
        return steps().map(step -> DynamicTest.dynamicTest(
                step.expression(),
                () -> compare(
                        Script.numbers(
                                "t = tensor(" + list(TIMES) + "); s = t/2; print(list(" + step.expression() + "))"),
                        Arrays.stream(TIMES)
                                .map(t -> step.exact().applyAsDouble((float) t / 2, (float) t))
                                .toArray(),
                        IN_FLOAT)));
    }

    /** Compares quantity by quantity, each at all times. */
    private static void compare(Case its, double[] times, double[] actual, ToDoubleFunction<String> tolerance) {
        assertThat(actual).hasSize(its.quantities().size() * times.length);
        int next = 0;
        for (Quantity quantity : its.quantities()) {
            double relative = tolerance.applyAsDouble(quantity.expression());
            for (double t : times) {
                double exact = quantity.exact().applyAsDouble(t);
                double size = quantity.isLogarithm() ? Math.max(1, Math.abs(exact)) : Math.abs(exact);
                assertThat(actual[next++])
                        .as("%s at t = %s", quantity.expression(), t)
                        .isCloseTo(exact, within(relative * size + Double.MIN_NORMAL));
            }
        }
    }

    private static void compare(double[] actual, double[] exact, double relative) {
        assertThat(actual).hasSameSizeAs(exact);
        for (int i = 0; i < exact.length; i++) {
            assertThat(actual[i])
                    .as("at t = %s", TIMES[i])
                    .isCloseTo(exact[i], within(relative * Math.abs(exact[i]) + Double.MIN_NORMAL));
        }
    }

    private static String list(double[] numbers) {
        return Arrays.stream(numbers)
                .mapToObj(Double::toString)
                .collect(Collectors.joining(", ", "[", "]"))
                .replace("E", "e");
    }
}
