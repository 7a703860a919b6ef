package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sdescript.algebra.Generated.SYMBOLS;
import static org.sdescript.algebra.Generated.T;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The laws of algebra and calculus on generated expressions; a failure prints its seed. */
class LawsTest {
    private static final int CASES = 1500;

    @Test
    void canonical_form_keeps_the_value() {
        int compared = 0;
        for (int seed = 0; seed < CASES; seed++) {
            Generated generated = new Generated(seed);
            Expr written = generated.written(4);
            Expr canonical;
            try {
                canonical = Generated.canonical(written);
            } catch (ArithmeticException undefined) {
                continue;
            }
            Evaluation before = Evaluation.ofStable(written, SYMBOLS);
            Evaluation after = Evaluation.ofStable(canonical, SYMBOLS);
            Evaluation stable = Evaluation.of(canonical, SYMBOLS);
            Evaluation expanded = Evaluation.ofStable(Expansion.of(canonical), SYMBOLS);
            for (int i = 0; i < 5; i++) {
                double[] point = generated.point();
                double expected = before.at(point);
                if (isWellConditioned(before, point, expected)) {
                    compared++;
                    close(seed, written, expected, after.at(point));
                    close(seed, written, expected, stable.at(point));
                    close(seed, written, expected, expanded.at(point));
                }
            }
        }
        assertThat(compared).isGreaterThan(CASES);
    }

    /** True unless a change in the tenth digit of the arguments shows in the value: there rounding would, too. */
    private static boolean isWellConditioned(Evaluation f, double[] point, double value) {
        double[] near = Arrays.stream(point).map(v -> v * (1 + 1e-10)).toArray();
        return Double.isFinite(value)
                && Math.abs(value) < 1e6
                && Math.abs(f.at(near) - value) < 1e-8 * Math.max(1, Math.abs(value));
    }

    private static void close(int seed, Expr written, double expected, double actual) {
        assertThat(Math.abs(actual - expected))
                .as("seed %d: %s is %s, expected %s", seed, written, actual, expected)
                .isLessThanOrEqualTo(1e-6 * Math.max(1, Math.abs(expected)));
    }

    @Test
    void canonical_form_is_canonical_already() {
        for (int seed = 0; seed < CASES; seed++) {
            Expr e = new Generated(seed).canonical(4);
            assertThat(Generated.canonical(e)).as("seed %d", seed).isEqualTo(e);
        }
    }

    @Test
    void sums_and_products_form_a_ring() {
        for (int seed = 0; seed < CASES / 3; seed++) {
            Generated generated = new Generated(seed);
            Expr a = generated.canonical(2);
            Expr b = generated.canonical(2);
            Expr c = generated.canonical(2);
            assertThat(a.plus(b)).as("seed %d", seed).isEqualTo(b.plus(a));
            assertThat(a.times(b)).as("seed %d", seed).isEqualTo(b.times(a));
            assertThat(a.plus(b).plus(c)).as("seed %d", seed).isEqualTo(a.plus(b.plus(c)));
            assertThat(a.minus(a)).as("seed %d", seed).isEqualTo(Expr.ZERO);
            assertThat(Equality.proved(a.times(b).times(c), a.times(b.times(c))))
                    .as("seed %d", seed)
                    .isTrue();
            assertThat(Equality.proved(a.times(b.plus(c)), a.times(b).plus(a.times(c))))
                    .as("seed %d", seed)
                    .isTrue();
        }
    }

    @Test
    void derivative_obeys_leibniz_and_the_chain_rule() {
        for (int seed = 0; seed < CASES / 3; seed++) {
            Generated generated = new Generated(seed);
            Expr a = generated.canonical(2);
            Expr b = generated.canonical(2);
            Expr leibniz = Derivative.of(a, T).times(b).plus(a.times(Derivative.of(b, T)));
            assertThat(Equality.proved(Derivative.of(a.times(b), T), leibniz))
                    .as("seed %d: (%s)(%s)", seed, a, b)
                    .isTrue();
            Expr chain = Expr.cos(a).times(Derivative.of(a, T));
            assertThat(Equality.proved(Derivative.of(Expr.sin(a), T), chain))
                    .as("seed %d: %s", seed, a)
                    .isTrue();
        }
    }

    @Test
    void derivative_is_the_limit_of_differences() {
        for (int seed = 0; seed < CASES; seed++) {
            Generated generated = new Generated(seed);
            Expr e = generated.canonical(3);
            Evaluation value = Evaluation.of(e, SYMBOLS);
            Evaluation slope = Evaluation.of(Derivative.of(e, T), SYMBOLS);
            double[] point = generated.point();
            double expected = slope.at(point);
            double fine = difference(value, point, 1e-5);
            double coarse = difference(value, point, 2e-5);
            // the difference quotient is a reference only where two step sizes agree
            if (Math.abs(fine - coarse) < 1e-7 * Math.max(1, Math.abs(fine))) {
                assertThat(Math.abs(fine - expected))
                        .as("seed %d: %s", seed, e)
                        .isLessThan(1e-5 * Math.max(1, Math.abs(expected)));
            }
        }
    }

    private static double difference(Evaluation f, double[] point, double h) {
        double[] up = point.clone();
        double[] down = point.clone();
        up[2] += h;
        down[2] -= h;
        return (f.at(up) - f.at(down)) / (2 * h);
    }

    @Test
    void derivative_of_an_integral_is_the_integrand() {
        int found = 0;
        for (int seed = 0; seed < CASES / 3; seed++) {
            Expr e = new Generated(seed).canonical(2);
            var integral = Integral.of(e, T);
            if (integral.isPresent()) {
                found++;
                assertThat(Equality.probably(Derivative.of(integral.get(), T), e))
                        .as("seed %d: %s", seed, e)
                        .isTrue();
            }
        }
        assertThat(found).isGreaterThan(CASES / 6);
    }

    @Test
    void simplification_is_idempotent_and_keeps_the_value() {
        for (int seed = 0; seed < CASES / 3; seed++) {
            Generated generated = new Generated(seed);
            Expr e = generated.canonical(3);
            Expr simple;
            try {
                simple = Simplification.of(e);
            } catch (ArithmeticException undefined) {
                continue;
            }
            assertThat(Simplification.of(simple).toString().length())
                    .as("seed %d: %s", seed, simple)
                    .isLessThanOrEqualTo(simple.toString().length());
            Evaluation before = Evaluation.of(e, SYMBOLS);
            Evaluation after = Evaluation.of(simple, SYMBOLS);
            double[] point = generated.point();
            double expected = before.at(point);
            if (isWellConditioned(before, point, expected)) {
                close(seed, e, expected, after.at(point));
            }
        }
    }

    @Test
    void substitution_commutes_with_evaluation() {
        int compared = 0;
        for (int seed = 0; seed < CASES; seed++) {
            Generated generated = new Generated(seed);
            Expr e = generated.canonical(3);
            Expr inner = generated.canonical(2);
            double[] point = generated.point();
            double u = Evaluation.of(inner, SYMBOLS).at(point);
            Expr substituted;
            try {
                substituted = e.with(T, inner);
            } catch (ArithmeticException undefined) {
                continue;
            }
            Evaluation outer = Evaluation.of(e, SYMBOLS);
            double[] there = {point[0], point[1], u};
            double expected = outer.at(there);
            Evaluation composed = Evaluation.of(substituted, SYMBOLS);
            if (isWellConditioned(outer, there, expected) && isWellConditioned(composed, point, composed.at(point))) {
                compared++;
                close(seed, e, expected, composed.at(point));
            }
        }
        assertThat(compared).isGreaterThan(CASES / 4);
    }

    @Test
    void bounds_hold_the_value() {
        Assumptions unit =
                Assumptions.in(T, Interval.of(Rational.ZERO, Rational.ONE)).and(Assumptions.positive(Generated.X));
        for (int seed = 0; seed < CASES; seed++) {
            Generated generated = new Generated(seed);
            Expr e = generated.canonical(3);
            double[] point = generated.point();
            double[] there = {Math.abs(point[0]), point[1], Math.abs(point[2]) / 2};
            double value = Evaluation.of(e, SYMBOLS).at(there);
            if (isWellConditioned(Evaluation.of(e, SYMBOLS), there, value)) {
                Interval bounds = Bounds.of(e, unit);
                double slack = 1e-9 * Math.max(1, Math.abs(value));
                assertThat(value)
                        .as("seed %d: %s", seed, e)
                        .isBetween(
                                bounds.lower().map(b -> b.at().doubleValue()).orElse(-1e300) - slack,
                                bounds.upper().map(b -> b.at().doubleValue()).orElse(1e300) + slack);
            }
        }
    }

    @Test
    void large_formulas_stay_workable() {
        assertThat(Simplification.of(Expr.power(Generated.X.plus(Expr.ONE), Expr.of(50))))
                .hasToString("(x + 1)⁵⁰");
        List<Expr> terms = new ArrayList<>();
        for (int i = 1; i < 1000; i++) {
            terms.add(Expr.sin(T.times(Expr.of(i))).times(Expr.exp(Generated.X.times(Expr.of(i % 7)))));
        }
        Expr sum = Expr.sum(terms);
        assertThat(ChildList.nodes(sum)).isGreaterThan(5000);
        assertThat(sum.minus(sum)).isEqualTo(Expr.ZERO);
        assertThat(Generated.canonical(Derivative.of(sum, T))).isEqualTo(Derivative.of(sum, T));
    }
}
