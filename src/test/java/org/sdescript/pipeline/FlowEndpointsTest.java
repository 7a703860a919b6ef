package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.Script;

/**
 * In one dimension the flow preserves the order of points and transports marginals to marginals, so it maps x at t_max
 * to the point at t_min where the distribution function has the same value.
 */
class FlowEndpointsTest {
    private static final double[] WEIGHTS = {0.3, 0.7};
    private static final double[] MEANS = {-1, 1};
    private static final double[] STDS = {0.3, 0.5};

    /** Between the modes, where the density is least, an error at t_max grows most until t_min. */
    private static final double[] STARTS =
            DoubleStream.iterate(-2.5, x -> x + 0.25).limit(21).toArray();

    private static double integral(double t) {
        return t * (0.1 + 9.95 * t);
    }

    /** The distribution function of VP's marginal: N(a μₖ, a² sₖ² + v) with a = exp(−½ ∫β), v = 1 − a². */
    private static double distribution(double x, double t) {
        return distribution(x, Math.exp(-integral(t) / 2), -Math.expm1(-integral(t)));
    }

    private static double distribution(double x, double a, double v) {
        double total = 0;
        for (int k = 0; k < WEIGHTS.length; k++) {
            double spread = Math.sqrt(a * a * STDS[k] * STDS[k] + v);
            total += WEIGHTS[k] * 0.5 * Erf.erfc(-(x - a * MEANS[k]) / spread / Math.sqrt(2));
        }
        return total;
    }

    private static double inverse(DoubleUnaryOperator increasing, double value) {
        double low = -10;
        double high = 10;
        for (int i = 0; i < 80; i++) {
            double middle = (low + high) / 2;
            if (increasing.applyAsDouble(middle) < value) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    @Test
    void the_flow_of_two_modes_is_the_monotone_map_of_their_distribution_functions() {
        double[] ends = Script.numbers("""
                set(precision = "float64")
                p = VP()
                two = mixture(weights = [0.3, 0.7], means = [-1, 1], stds = [0.3, 0.5])
                x = sample(p, two.score(p), start = reshape(arange(21)/4 - 2.5, [21, 1]),
                           using = ode(method = rk45(rtol = 1e-11, atol = 1e-11)))
                print(list(x))
                """);

        for (int i = 0; i < STARTS.length; i++) {
            double exact = inverse(x -> distribution(x, 1e-5), distribution(STARTS[i], 1));
            assertThat(ends[i]).as("from %s", STARTS[i]).isCloseTo(exact, within(1e-8));
        }
    }

    /**
     * On the whole of [0, 1] the drift has no value at 1, but the flow has: it maps N(m(1), 1) to the data. A step's
     * error is at most 1e-11 (1 + |x|), and |x| stays below 2.6; between the modes, where the density falls from 0.35
     * to 0.045, errors grow 8 times; there are about 80 steps: 2.3e-8 in total.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "(1 - t)*x(0) + t*noise;                      0",
                "cos(pi/2*t)*x(0) + sin(pi/2*t)*noise;        0",
                "(1 - t)*x(0) + 2*t + t*noise;                2",
                "(1 - t)^2*x(0) + sin(t) - t + t*(2 - t)*noise; -0.1585290151921035"
            })
    void a_flow_on_the_whole_of_time_ends_in_the_data(String path, double offset) {
        double[] ends = Script.numbers("""
                set(precision = "float64")
                sde Whole { t in [0, 1]; x(t) = %s }
                p = Whole()
                two = mixture(weights = [0.3, 0.7], means = [-1, 1], stds = [0.3, 0.5])
                x = sample(p, two.score(p), start = reshape(arange(21)/4 - 2.5, [21, 1]),
                           using = ode(method = rk45(rtol = 1e-11, atol = 1e-11)))
                print(list(x))
                """.formatted(path));

        for (int i = 0; i < STARTS.length; i++) {
            double exact = inverse(x -> distribution(x, 1, 0), distribution(STARTS[i] - offset, 0, 1));
            assertThat(ends[i]).as("from %s", STARTS[i]).isCloseTo(exact, within(3e-8));
        }
    }
}
