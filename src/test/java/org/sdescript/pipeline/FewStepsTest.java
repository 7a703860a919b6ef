package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.Script;

/**
 * DPM-Solver++ in few steps on uniform times of VP, where the last step, from t = 1/steps to 1e-5, is many times as
 * long in λ = log(signal/noise) as the steps before. The reference is the recursion for the exact score of two narrow
 * modes, written here.
 */
class FewStepsTest {
    private static final double[] WEIGHTS = {0.25, 0.75};
    private static final double[] MEANS = {-1, 1};
    private static final double STD = 0.1;
    private static final int POINTS = 801;

    private static double integral(double t) {
        return t * (0.1 + 9.95 * t);
    }

    private static double a(double t) {
        return Math.exp(-integral(t) / 2);
    }

    private static double b(double t) {
        return Math.sqrt(-Math.expm1(-integral(t)));
    }

    private static double lambda(double t) {
        return Math.log(a(t) / b(t));
    }

    /** E[x(0) | x(t)]: the posterior means of the modes, weighted by the modes' shares in the density. */
    private static double clean(double x, double t) {
        double spread = a(t) * a(t) * STD * STD + b(t) * b(t);
        double[] log = new double[2];
        for (int k = 0; k < 2; k++) {
            double distance = x - a(t) * MEANS[k];
            log[k] = Math.log(WEIGHTS[k]) - distance * distance / (2 * spread);
        }
        double most = Math.max(log[0], log[1]);
        double total = 0;
        double mean = 0;
        for (int k = 0; k < 2; k++) {
            double share = Math.exp(log[k] - most);
            total += share;
            mean += share * (MEANS[k] + a(t) * STD * STD / spread * (x - a(t) * MEANS[k]));
        }
        return mean / total;
    }

    private static double step(double x, double clean, double t, double s) {
        return b(s) / b(t) * x + (a(s) - b(s) / b(t) * a(t)) * clean;
    }

    /** The order rises from 1 at the start, for order 3 with one evaluation ahead; the last step has order 1. */
    private static double sampled(double start, int order, int steps) {
        double x = start;
        double[] values = {};
        double[] at = {};
        for (int i = 0; i < steps; i++) {
            double t = 1 + (1e-5 - 1) * i / steps;
            double s = 1 + (1e-5 - 1) * (i + 1) / steps;
            double h = lambda(s) - lambda(t);
            double now = clean(x, t);
            double[] known = prepended(now, values);
            double[] places = prepended(lambda(t), at);
            double[] kept = Arrays.copyOf(known, Math.min(known.length, 2));
            double[] keptAt = Arrays.copyOf(places, kept.length);
            if (i == 0 && order == 3) {
                known = new double[] {now, clean(step(x, now, t, s), s)};
                places = new double[] {lambda(t), lambda(s)};
            }
            int points = i == steps - 1 ? 1 : Math.min(order, known.length);
            x = step(x, average(known, places, h, points), t, s);
            values = kept;
            at = keptAt;
        }
        return x;
    }

    private static double[] prepended(double first, double[] rest) {
        return IntStream.range(0, rest.length + 1)
                .mapToDouble(i -> i == 0 ? first : rest[i - 1])
                .toArray();
    }

    /**
     * The mean over the step of the polynomial through the points, weighted by e^λ; for two points the value in the
     * middle, as in the paper.
     */
    private static double average(double[] values, double[] at, double h, int points) {
        if (points == 1) {
            return values[0];
        }
        double slope = (values[0] - values[1]) / (at[0] - at[1]);
        if (points == 2) {
            return values[0] + h / 2 * slope;
        }
        double before = (values[1] - values[2]) / (at[1] - at[2]);
        double bend = (slope - before) / (at[0] - at[2]);
        double total = Math.expm1(h);
        double first = (h * Math.exp(h) - total) / total;
        double second = (h * h * Math.exp(h) - 2 * first * total) / total;
        return values[0] + first * slope + (second + (at[0] - at[1]) * first) * bend;
    }

    /**
     * Starts at equally spaced points weighted by the density of N(0, 1), so that the moments are not those of a random
     * draw.
     */
    @ParameterizedTest
    @CsvSource({"1, 2", "1, 10", "2, 10", "2, 20", "3, 10", "3, 20"})
    void few_steps_follow_the_recursion_and_leave_no_noise(int order, int steps) {
        double[] found = Script.numbers("""
                set(precision = "float64")
                p = VP()
                law = mixture(weights = [0.25, 0.75], means = [-1, 1], stds = 0.1)
                start = reshape(linspace(-3, 3, %d), [-1, 1])
                print(list(sample(p, law.score(p), start = start, using = pc(predictor = multistep(order = %d), steps = %d))[:, 0]))
                """.formatted(POINTS, order, steps));

        double weight = 0;
        double mean = 0;
        double square = 0;
        assertThat(found).hasSize(POINTS);
        for (int i = 0; i < POINTS; i++) {
            double start = -3 + 6.0 * i / (POINTS - 1);
            // between the modes a step amplifies rounding, by 10⁴ at most over all steps
            assertThat(found[i]).as("from %s", start).isCloseTo(sampled(start, order, steps), within(1e-10));
            double density = Math.exp(-start * start / 2);
            weight += density;
            mean += density * found[i];
            square += density * found[i] * found[i];
        }
        if (order > 1) {
            mean /= weight;
            // the exact value is 0.872; without order 1 in the last step, 10 steps give 1.6 and 8
            assertThat(Math.sqrt(square / weight - mean * mean)).isBetween(0.80, 0.90);
            assertThat(Arrays.stream(found).map(Math::abs).max().orElseThrow()).isLessThan(1.6);
        }
    }

    /** The four steps are equally long, about 2.7 in λ, so that only the rule for the last step lowers its order. */
    @Test
    void the_last_step_goes_by_the_present_value_alone_where_it_is_longer_than_one() {
        double[] distances = Script.numbers("""
                set(precision = "float64")
                p = VP()
                score = mixture(weights = [0.25, 0.75], means = [-1, 1], stds = 0.1).score(p)
                start = reshape(linspace(-3, 3, 7), [-1, 1])
                way = sample(p, score, start = start, record = 5,
                             using = pc(predictor = multistep, grid = log_snr_grid, steps = 4))
                times = times_of(log_snr_grid, p, 4)
                for k in [2, 3] {
                  next, mean = exponential(p, score, way[k], times[k], times[k + 1] - times[k])
                  print(number(max(abs(way[k + 1] - next))))
                }
                """);

        assertThat(distances).hasSize(2);
        assertThat(distances[0]).isGreaterThan(1e-3);
        assertThat(distances[1]).isLessThan(1e-13);
    }
}
