package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.sdescript.Script;

/**
 * {@code rk45} against the method written down anew: Butcher's tableau of Dormand and Prince (1980, table 2) with the weights of
 * both orders, and the usual choice of steps, in arrays. Both do the same sums in double, some thousand of them, so they differ by
 * rounding alone: 1e-12 of values near 1 is thousands of units in the last place.
 */
class DormandPrinceTest {
    private static final double ROUNDING = 1e-12;

    private static final double[] TIMES = {0, 1 / 5.0, 3 / 10.0, 4 / 5.0, 8 / 9.0, 1, 1};

    private static final double[][] STAGES = {
        {},
        {1 / 5.0},
        {3 / 40.0, 9 / 40.0},
        {44 / 45.0, -56 / 15.0, 32 / 9.0},
        {19372 / 6561.0, -25360 / 2187.0, 64448 / 6561.0, -212 / 729.0},
        {9017 / 3168.0, -355 / 33.0, 46732 / 5247.0, 49 / 176.0, -5103 / 18656.0},
        {35 / 384.0, 0, 500 / 1113.0, 125 / 192.0, -2187 / 6784.0, 11 / 84.0}
    };

    private static final double[] FIFTH = {35 / 384.0, 0, 500 / 1113.0, 125 / 192.0, -2187 / 6784.0, 11 / 84.0, 0};

    private static final double[] FOURTH = {
        5179 / 57600.0, 0, 7571 / 16695.0, 393 / 640.0, -92097 / 339200.0, 187 / 2100.0, 1 / 40.0
    };

    /** The rows of the tableau add up to their times, and both sets of weights to 1: the fractions are typed rightly. */
    @Test
    void the_tableau_is_consistent() {
        for (int i = 0; i < STAGES.length; i++) {
            assertThat(Arrays.stream(STAGES[i]).sum()).isCloseTo(TIMES[i], within(1e-14));
        }
        assertThat(Arrays.stream(FIFTH).sum()).isCloseTo(1, within(1e-14));
        assertThat(Arrays.stream(FOURTH).sum()).isCloseTo(1, within(1e-14));
    }

    /** A solution of order 5, and the difference of its two orders. */
    private record Step(double[] next, double[] error) {}

    private static double[] velocity(double[] x, double t) {
        return new double[] {x[1] + t * t, -4 * x[0] * Math.cos(t)};
    }

    private static Step step(double[] x, double t, double dt) {
        double[][] slopes = new double[7][];
        for (int i = 0; i < 7; i++) {
            slopes[i] = velocity(moved(x, dt, slopes, STAGES[i]), t + TIMES[i] * dt);
        }
        double[] next = moved(x, dt, slopes, FIFTH);
        double[] lower = moved(x, dt, slopes, FOURTH);
        return new Step(next, new double[] {next[0] - lower[0], next[1] - lower[1]});
    }

    private static double[] moved(double[] x, double dt, double[][] slopes, double[] weights) {
        double[] moved = x.clone();
        for (int k = 0; k < weights.length; k++) {
            for (int i = 0; i < x.length; i++) {
                moved[i] += weights[k] == 0 ? 0 : dt * weights[k] * slopes[k][i];
            }
        }
        return moved;
    }

    /** The first step is a fiftieth of the way; a step is taken if its error is at most 1, in units of the tolerance. */
    private static double[] solved(double[] start, double a, double b, double rtol, double atol) {
        double[] x = start;
        double t = a;
        double dt = (b - a) / 50;
        while (t != b) {
            boolean last = Math.abs(dt) * (1 + 1e-9) >= Math.abs(b - t);
            dt = last ? b - t : dt;
            Step step = step(x, t, dt);
            double squares = 0;
            for (int i = 0; i < x.length; i++) {
                double size = atol + rtol * Math.max(Math.abs(x[i]), Math.abs(step.next()[i]));
                squares += Math.pow(step.error()[i] / size, 2);
            }
            double off = Math.sqrt(squares / x.length);
            if (off <= 1) {
                x = step.next();
                t = last ? b : t + dt;
            }
            dt *= Math.max(0.2, Math.min(5, 0.9 * Math.pow(Math.max(off, 1e-10), -0.2)));
        }
        return x;
    }

    @Test
    void the_steps_that_are_chosen_are_those_of_the_method() {
        double[][] ways = {
            {0, 3, 1e-3, 1e-3}, {0, 3, 1e-6, 1e-9}, {2, -1, 0, 1e-5}, {0, 0.5, 1e-2, 0}, {0, 6, 1e-4, 1e-4}
        };
        for (double[] way : ways) {
            double[] expected = solved(new double[] {1, 0.5}, way[0], way[1], way[2], way[3]);
            double[] found = Script.numbers("""
                    set(precision = "float64")
                    velocity = (x, t) -> concat([x[1:2] + t^2, -4*x[0:1]*cos(t)])
                    x = rk45(velocity, tensor([1, 0.5]), %s, %s, rtol = %s, atol = %s)
                    print(number(x[0]), number(x[1]))
                    """.formatted(way[0], way[1], way[2], way[3]));
            double scale = 1 + Math.abs(expected[0]) + Math.abs(expected[1]);
            assertThat(found).as(Arrays.toString(way)).containsExactly(expected, within(ROUNDING * scale));
        }
    }

    @Test
    void the_error_of_a_step_is_the_difference_of_its_orders() {
        Step expected = step(new double[] {1, 0.5}, 0.3, 0.4);
        double[] found = Script.numbers("""
                set(precision = "float64")
                velocity = (x, t) -> concat([x[1:2] + t^2, -4*x[0:1]*cos(t)])
                x = tensor([1, 0.5])
                next, error = dormand_prince(velocity, {x: x, slope: velocity(x, 0.3)}, 0.3, 0.4)
                for part in [next.x, next.slope, error.x] { print(number(part[0]), number(part[1])) }
                """);
        double[] slope = velocity(expected.next(), 0.7);

        assertThat(found)
                .containsExactly(
                        new double[] {
                            expected.next()[0],
                            expected.next()[1],
                            slope[0],
                            slope[1],
                            expected.error()[0],
                            expected.error()[1]
                        },
                        within(1e-14));
    }

    /** The error is in units of atol + rtol times the larger of both states, as a root mean square; nan is farther off than any number. */
    @Test
    void a_step_that_is_no_number_is_refused_whatever_the_tolerance() {
        assertThat(Script.numbers("""
                        print(in_tolerance(tensor([3, 0, 0, 4]), tensor([1, 1, 2, -2]), tensor([0, -2, 0, 1]), 1, 2))
                        print(in_tolerance(tensor([0, nan]), ones([2]), ones([2]), 1, 1))
                        print(in_tolerance(tensor([-inf]), ones([1]), ones([1]), 1, 1))
                        """))
                .containsExactly(Math.sqrt((1 + 0 + 0 + 1) / 4.0), Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
}
