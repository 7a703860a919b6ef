package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;

/**
 * The numbers that scripts get of the standard processes, against closed forms derived by hand and written so that
 * nothing cancels at small t: with B(t) = ∫₀ᵗ β = 0.1 t + 9.95 t² and r = hi/lo = 5000.
 */
class StandardProcessesTest {
    private static final double[] TIMES = {1e-5, 1e-4, 1e-3, 1e-2, 0.1, 0.5, 1};
    private static final double IN_DOUBLE = 1e-12;

    /** Half a unit in the last place of a float32, and a little for the rounding in double before it. */
    private static final double IN_FLOAT = 1.001 * 0x1p-24;

    private static final double LOG_RATIO = Math.log(5000);

    private record Quantity(String expression, DoubleUnaryOperator exact) {}

    private record Step(String expression, DoubleBinaryOperator exact) {}

    private static double beta(double t) {
        return 0.1 + 19.9 * t;
    }

    private static double integral(double t) {
        return t * (0.1 + 9.95 * t);
    }

    /** B(t) − B(s) without subtracting two large numbers. */
    private static double integral(double s, double t) {
        return (t - s) * (0.1 + 9.95 * (t + s));
    }

    private static double noised(double integral) {
        return -Math.expm1(-integral);
    }

    private static Stream<Quantity> quantities() {
        return Stream.of(
                new Quantity("VP().drift(1, t)", t -> -beta(t) / 2),
                new Quantity("VP().diffusion(1, t)", t -> Math.sqrt(beta(t))),
                new Quantity("VP().transition.mean_coef(t)", t -> Math.exp(-integral(t) / 2)),
                new Quantity("VP().transition.std(t)", t -> Math.sqrt(noised(integral(t)))),
                new Quantity("VP().transition.variance(t)", t -> noised(integral(t))),
                new Quantity("VP().snr(t)", t -> Math.exp(-integral(t)) / noised(integral(t))),
                new Quantity("VE().drift(1, t)", t -> 0),
                new Quantity("VE().diffusion(1, t)", t -> 0.01 * Math.exp(LOG_RATIO * t) * Math.sqrt(2 * LOG_RATIO)),
                new Quantity("VE().transition.mean_coef(t)", t -> 1),
                new Quantity("VE().transition.std(t)", t -> 0.01 * Math.sqrt(Math.expm1(2 * LOG_RATIO * t))),
                new Quantity("SubVP().drift(1, t)", t -> -beta(t) / 2),
                new Quantity("SubVP().diffusion(1, t)", t -> Math.sqrt(beta(t) * noised(2 * integral(t)))),
                new Quantity("SubVP().transition.mean_coef(t)", t -> Math.exp(-integral(t) / 2)),
                new Quantity("SubVP().transition.std(t)", t -> noised(integral(t))));
    }

    /** x(t) given x(s); SubVP's variance is (1 − e⁻ᵇ)² − e⁻⁽ᵇ⁻ᵃ⁾(1 − e⁻ᵃ)² = (1 − e⁻⁽ᵇ⁻ᵃ⁾)(1 − e⁻⁽ᵃ⁺ᵇ⁾), a = B(s), b = B(t). */
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
                        (s, t) -> noised(integral(s, t)) * noised(integral(s) + integral(t))));
    }

    @TestFactory
    Stream<DynamicTest> numbers_agree_with_closed_forms_to_twelve_digits() {
        return quantities()
                .map(quantity -> DynamicTest.dynamicTest(
                        quantity.expression(),
                        () -> compare(
                                Script.numbers("for t in " + list(TIMES) + " { print(" + quantity.expression() + ") }"),
                                Arrays.stream(TIMES).map(quantity.exact()).toArray(),
                                IN_DOUBLE)));
    }

    @TestFactory
    Stream<DynamicTest> a_tensor_of_times_gives_them_rounded_to_float32() {
        double[] rounded = Arrays.stream(TIMES).map(t -> (float) t).toArray();
        return quantities()
                .map(quantity -> DynamicTest.dynamicTest(
                        quantity.expression(),
                        () -> compare(
                                Script.numbers("t = tensor(" + list(TIMES) + "); print(list(ones([7])*"
                                        + quantity.expression().replace("(1, t)", "(ones([7]), t)") + "))"),
                                Arrays.stream(rounded).map(quantity.exact()).toArray(),
                                IN_FLOAT)));
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
