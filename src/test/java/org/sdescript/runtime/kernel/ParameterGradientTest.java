package org.sdescript.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sdescript.Refusal;
import org.sdescript.Script;
import org.sdescript.backend.Execution;
import org.sdescript.runtime.Settings;

/** Derivatives of numbers that a process or a formula gives, by tensors within their formulas, against closed forms. */
class ParameterGradientTest {
    private static final double CLOSE = 1e-6;

    private static final String DOUBLE = "set(precision = \"float64\")\n";

    private static final String SQUARE = """
            sde Ou(theta = 1, sigma = 1) { t in [0, 1]; dx = -theta*x dt + sigma dw }
            sde Told(spread = 1) { t in [0, 1]; dx = -x dt + dw; prior = normal(mean = 0.2*spread, std = spread) }
            x = tensor([[2, 2], [-2, -2], [1, -1], [-1, 1]]) + tensor([0.5, -1])
            """;

    private static double[] numbers(String text, Execution execution) {
        return Script.numbers(DOUBLE + text, Settings.standard().execution(execution));
    }

    private static void assertClose(double[] found, double... expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).as("number " + i).isCloseTo(expected[i], within(CLOSE));
        }
    }

    /** ∫ exp(−q t²) over t > 0 is ½ √(π/q), and ∫ t^q from 0 to 1 is 1/(1 + q). */
    @ParameterizedTest
    @EnumSource
    void integral_by_a_parameter_of_the_function(Execution execution) {
        assertClose(
                numbers("""
                        fn gauss(q) = integrate(t -> exp(-q*t^2), 0, inf)
                        fn power(q) = integrate(t -> t^q, 0, 1)
                        print(gauss(1.3), grad(gauss, 1.3), grad(q -> integrate(t -> exp(-q*t^2), -inf, inf), 1.3))
                        print(power(1.3), grad(power, 1.3), grad(q -> grad(power, q), 1.3))
                        q = tensor(1.3)
                        print(number(integrate(t -> q*t, 0, 2)), number(integrate(t -> t, q)))
                        """, execution),
                Math.sqrt(Math.PI / 1.3) / 2,
                -Math.sqrt(Math.PI) / 4 * Math.pow(1.3, -1.5),
                -Math.sqrt(Math.PI) / 2 * Math.pow(1.3, -1.5),
                1 / 2.3,
                -1 / (2.3 * 2.3),
                2 / Math.pow(2.3, 3),
                2.6,
                1.3 * 1.3 / 2);
    }

    /** By a limit, the derivative is the function there; F(q) = ∫ sin(q t) from 0 to q is (1 − cos q²)/q. */
    @ParameterizedTest
    @EnumSource
    void integral_by_its_limits(Execution execution) {
        double q = 1.3;
        double sin = Math.sin(q * q);
        double rest = 1 - Math.cos(q * q);
        assertClose(
                numbers("""
                        print(grad(q -> integrate(t -> sin(t^2), q), 1.3), grad(q -> integrate(t -> sin(t^2), q, 2), 1.3))
                        print(grad(q -> integrate(t -> exp(-t^2), q, inf), 1.3), grad(q -> integrate(t -> exp(-t^2), -inf, q), 1.3))
                        print(grad(q -> integrate(t -> exp(t), 1, q), 1), grad(q -> integrate(t -> exp(t), 2, q), 1))
                        fn both(q) = integrate(t -> sin(q*t), 0, q)
                        print(grad(both, 1.3), grad(q -> grad(both, q), 1.3))
                        print(grad(q -> integrate((x, t) -> x*t, "t", 0, q)(3), 1.3))
                        """, execution),
                sin,
                -sin,
                -Math.exp(-q * q),
                Math.exp(-q * q),
                Math.E,
                Math.E,
                2 * sin - rest / (q * q),
                4 * q * Math.cos(q * q) - 2 * sin / q + 2 * rest / Math.pow(q, 3),
                3 * q);
    }

    /**
     * ∫ sign(t − s) from 0 to 1 is 1 − 2s. The integral of t where t² is below s, and of 3 elsewhere, is
     * s/2 + 3(1 − √s). ∫ |t − s| is ½s² + ½(1 − s)² and ∫ min(t, s) is s − ½s².
     */
    @ParameterizedTest
    @EnumSource
    void integral_of_a_function_that_jumps_or_bends_at_a_place_of_the_parameter(Execution execution) {
        assertClose(
                numbers("""
                        fn signs(s) = integrate(t -> sign(t - s), 0, 1)
                        fn square(s) = integrate(t -> if t^2 < s then t else 3, 0, 1)
                        fn bell(s) = integrate(t -> exp(-t^2)*sign(t - s), -inf, inf)
                        fn jump(t, s) = if t < s then 1 else 2
                        fn bend(s) = integrate(t -> abs(t - s), 0, 1)
                        fn ramp(s) = integrate(t -> min(t, s), 0, 1)
                        print(signs(0.3), grad(signs, 0.3), square(0.3), grad(square, 0.3), grad(s -> grad(square, s), 0.3))
                        print(grad(bell, 0.3), grad(s -> integrate(t -> jump(t, s), 1, 0), 0.3))
                        print(grad(bend, 0.3), grad(s -> grad(bend, s), 0.3), grad(ramp, 0.3), grad(s -> grad(ramp, s), 0.3))
                        print(grad(s -> integrate(t -> sign(t - s)*sign(t - 2*s), 0, 1), 0.3))
                        print(grad(s -> integrate(t -> sign(t - s) + abs(s - t), 0, 1), 0.3))
                        """, execution),
                0.4,
                -2,
                0.15 + 3 * (1 - Math.sqrt(0.3)),
                0.5 - 1.5 / Math.sqrt(0.3),
                0.75 * Math.pow(0.3, -1.5),
                -2 * Math.exp(-0.09),
                1,
                -0.4,
                2,
                0.7,
                -1,
                -2,
                -2.4);
    }

    /** Left of 0.3 the function is 1, right of it 3; left of q/2 it is 1, right of it 3. */
    @ParameterizedTest
    @EnumSource
    void integral_of_a_function_that_jumps_by_its_limits(Execution execution) {
        assertClose(numbers("""
                        fn one_or_three(t) = if t < 0.3 then 1 else 3
                        print(grad(q -> integrate(t -> one_or_three(t), 0, q), 1.3), grad(q -> integrate(t -> one_or_three(t), q, 1), 0.1))
                        print(grad(q -> integrate(t -> if t < q/2 then 1 else 3, 0, q), 1.3))
                        """, execution), 3, -1, 2);
    }

    /** Without a derivative there is a value: ∫ sign(t − s) + |t − c| is 1 − 2s + ½c² + ½(1 − c)² with c = 2s − 0.3. */
    @Test
    void a_jump_at_a_multiple_zero_and_two_at_one_place_are_refused() {
        String jump = "fn late(s) = integrate(t -> if (t - 0.25)^3 > s then 1 else 2, 0, 1)\n";
        assertRefused(jump + "print(grad(late, 0))", "the jump or bend of the integrand");
        String two = "fn two(s) = integrate(t -> sign(t - s) + abs(t - 2*s + 0.3), 0, 1)\n";
        assertRefused(two + "print(grad(two, 0.3))", "two jumps or bends of the integrand");
        assertClose(numbers(two + "print(number(two(tensor(0.3))), grad(two, 0.2))", Execution.EAGER), 0.69, -3.6);
        assertClose(numbers(jump + "print(number(late(tensor(0))))", Execution.EAGER), 1.25);
    }

    /** The data's covariance has the eigenvalues 4 and 1 and its mean is (0.5, −1). */
    private static double mismatch(double scale, double variance, double mean, double priorVariance) {
        double total = 0;
        for (double lambda : new double[] {4, 1}) {
            double spread = scale * scale * lambda + variance;
            total += (Math.log(priorVariance / spread) + spread / priorVariance - 1) / 2;
        }
        for (double component : new double[] {0.5, -1}) {
            total += Math.pow(scale * component - mean, 2) / priorVariance / 2;
        }
        return total;
    }

    private static double ofOu(double theta, double sigma) {
        double variance = sigma * sigma * (1 - Math.exp(-2 * theta)) / (2 * theta);
        return mismatch(Math.exp(-theta), variance, 0, variance);
    }

    private static double ofTold(double spread) {
        return mismatch(Math.exp(-1), (1 - Math.exp(-2)) / 2, 0.2 * spread, spread * spread);
    }

    @ParameterizedTest
    @EnumSource
    void mismatch_of_a_prior_by_the_parameters_of_the_process_and_of_the_prior(Execution execution) {
        assertClose(
                numbers(SQUARE + """
                        print(mismatch(Ou(theta = 1.3, sigma = 0.7), x), mismatch(Told(spread = 1.3), x))
                        g = grad(q -> mismatch(Ou(theta = q.theta, sigma = q.sigma), x), {theta: 1.3, sigma: 0.7})
                        print(g.theta, g.sigma, grad(q -> mismatch(Told(spread = q), x), 1.3))
                        """, execution),
                ofOu(1.3, 0.7),
                ofTold(1.3),
                SolverGradientTest.slope(theta -> ofOu(theta, 0.7), 1.3),
                SolverGradientTest.slope(sigma -> ofOu(1.3, sigma), 0.7),
                SolverGradientTest.slope(ParameterGradientTest::ofTold, 1.3));
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> Script.run(DOUBLE + SQUARE + text))
                .satisfies(Refusal.with("E0556"))
                .hasMessageContaining(message);
    }

    /** Each of these was a derivative of 0, or without a part, before it was refused. */
    @Test
    void derivatives_that_would_lack_a_part_are_refused() {
        String odd = "sde Odd(theta = 1) { t in [0, 1]; dx = -theta*exp(sin(t^2))*x dt + dw }\n";
        String pair =
                "sde Pair(s = 1) { t in [0, 1]; dx = v dt; dv = -x dt - v dt + dw; start = {v: normal(std = s)} }\n";
        assertRefused(odd + "print(grad(q -> mismatch(Odd(theta = q), x), 1.3))", "the transition of Odd");
        assertRefused(odd + "print(grad(q -> Odd(theta = q).prior.std, 1.3))", "the transition of Odd");
        assertRefused(pair + "print(grad(q -> mismatch(Pair(s = q), x), 1.3))", "the law of `start`");
        String stated = """
                fn apart(s) {
                  sde Both { t in [0, 1]; dx = v dt; dv = -v dt + dw; prior = {x: normal(std = s), v: normal(std = s)} }
                  return mismatch(Both(), {x: x, v: x})
                }
                """;
        assertRefused(stated + "print(grad(apart, 1.3))", "the mismatch of Both");
        assertRefused("print(grad(y -> mismatch(Ou(), y), x))", "mismatch");
        String model = "train(mlp(hidden = 4), x, Ou(theta = q), steps = 1, batch = 4)";
        assertRefused("print(grad(q -> sum(" + model + "(x, 0.5)), 1.3))", "a number of the loss");
    }

    /** A tensor that no derivative follows is a number like any other. */
    @Test
    void tensors_outside_of_derivatives_are_numbers_of_a_start_and_of_a_training() {
        assertThat(Script.run(SQUARE + """
                q = tensor(1.3)
                sde Pair(s = 1) { t in [0, 1]; dx = v dt; dv = -x dt - v dt + dw; start = {v: normal(std = s)} }
                print(abs(mismatch(Pair(s = q), x) - mismatch(Pair(s = 1.3), x)) < 1e-6)
                print(abs(mismatch(Ou(theta = q), x) - mismatch(Ou(theta = 1.3), x)) < 1e-6)
                print(kind(train(mlp(hidden = 4), x, Ou(theta = q), steps = 1, batch = 4)))
                """)).isEqualTo(List.of("true", "true", "model"));
    }
}
