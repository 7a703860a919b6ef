package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;

/** Numbers of transitions whose formulas lose their digits; the exact values come from series or quadrature. */
class NumericMomentsTest {
    private static final Symbol T = Expr.symbol("t");
    private static final Symbol X = Expr.symbol("x");
    private static final double RELATIVE = 1e-12;

    private static Transition transition(Expr slope, Expr noise) {
        return Process.scalar("P", T, 1e-5, 1, X, slope.times(X), noise).transition();
    }

    private static double variance(Expr slope, Expr noise, double t) {
        return Evaluation.of(transition(slope, noise).variance(), T).at(t);
    }

    private static void same(double value, double exact) {
        assertThat(value).isCloseTo(exact, within(RELATIVE * Math.abs(exact)));
    }

    /** v = t⁵/5 (1 − 2kt/6 + (2kt)²/42 − …) for dx = −k x dt + t² dw. */
    private static double ofSquare(double k, double t) {
        double term = Math.pow(t, 5) / 5;
        double total = 0;
        for (int n = 1; n < 40; n++) {
            total += term;
            term *= -2 * k * t / (5 + n);
        }
        return total;
    }

    @Test
    void powers_of_time_keep_their_digits_near_the_start() {
        for (double t : new double[] {1e-9, 1e-4, 0.03, 0.5, 1}) {
            same(variance(Expr.of(-1), T.pow(2), t), ofSquare(1, t));
            same(variance(Expr.of(-0.001), T.pow(2), t), ofSquare(0.001, t));
        }
        assertThat(variance(Expr.of(-1), T.pow(2), 1e-4)).isCloseTo(2.0e-21, within(1e-24));
    }

    /** v = exp(−2t) t (1 − εt + …) for k = 1 + ε. */
    @Test
    void exponents_that_are_nearly_the_same() {
        Expr noise = Expr.exp(Expr.of(1 + 1e-12).times(T).negate());
        for (double t : new double[] {1e-5, 0.5, 1}) {
            same(variance(Expr.of(-1), noise, t), Math.exp(-2 * t) * t * (1 - 1e-12 * t));
        }
    }

    @Test
    void a_soft_step_that_overflows() {
        Expr soft = Expr.log(Expr.ONE.plus(Expr.exp(T.times(Expr.of(900)))));
        Transition found = transition(soft.negate(), Expr.ONE);
        // ∫ log(1 + exp(900 t)) over [0, 1] is 450 + π²/10800, up to exp(−900)
        double map = Evaluation.of(found.meanCoefficient(), T).at(1);
        assertThat(Math.log(map)).isCloseTo(-450 - Math.PI * Math.PI / 10800, within(1e-10));
    }

    @Test
    void the_prior_has_the_digits_of_the_transition() {
        Process p = Process.scalar("P", T, 1e-5, 1, X, Expr.of(-0.001).times(X), T.pow(2));
        same(Evaluation.of(p.prior().covariance().at(0, 0)), ofSquare(0.001, 1));
    }

    /** b² of a stated transition: exp(t) − 1 − t = t²/2 + t³/6 + …. */
    @Test
    void stated_formulas_are_measured_too() {
        Expr noise = Expr.sqrt(Expr.exp(T).minus(Expr.ONE).minus(T));
        Transition stated =
                Process.ofTransition("P", T, 1e-6, 1, X, Expr.ONE, noise).transition();
        double t = 1e-6;
        same(Evaluation.of(stated.variance(), T).at(t), t * t / 2 * (1 + t / 3 + t * t / 12));
        same(Evaluation.of(stated.std(), T).at(t), t / Math.sqrt(2) * (1 + t / 6 + t * t / 36));
    }

    /** The variance is 1 − Φ² for every schedule. */
    @Test
    void a_schedule_that_preserves_the_variance_is_seen() {
        Expr beta =
                Expr.ONE.plus(Expr.exp(Expr.of(5).minus(Expr.of(10).times(T)))).pow(-1);
        Transition found = transition(beta.times(Expr.ratio(-1, 2)), Expr.sqrt(beta));
        assertThat(found.isNumeric()).isFalse();
        double t = 1e-5;
        double integral = integral(beta, t);
        same(Evaluation.of(found.variance(), T).at(t), -Math.expm1(-integral));
    }

    private static double integral(Expr f, double t) {
        return org.sdescript.algebra.Quadrature.of(Evaluation.of(f, T)::at, 0, t)
                .orElseThrow();
    }

    @Test
    void a_coefficient_without_a_value_at_0_is_integrated_from_there() {
        Transition found = transition(Expr.log(T), Expr.ONE);
        assertThat(found.start()).isEqualTo(Expr.ZERO);
        assertThat(found.shown().map().at(0, 0)).hasToString("exp(t log(t) − t)");
        assertThat(transition(T.pow(-1).negate(), Expr.ONE).start()).isEqualTo(Expr.of(1e-5));
    }

    /** A system with a time change that vanishes as t⁴: τ = t⁴/4 − 2 t⁵/15 + … for β = t³ exp(−2t/3). */
    @Test
    void the_clock_of_a_system_keeps_its_digits() {
        Symbol v = Expr.symbol("v");
        Expr beta = T.pow(3).times(Expr.exp(T.times(Expr.ratio(-2, 3))));
        Process p = Process.of(
                "P",
                T,
                1e-5,
                1,
                java.util.List.of(X, v),
                java.util.List.of("w"),
                java.util.List.of(beta.times(v), beta.times(X.negate().minus(v.times(Expr.of(2))))),
                java.util.List.of(java.util.List.of(Expr.ZERO), java.util.List.of(Expr.sqrt(beta))));
        double t = 1e-3;
        double tau = integral(beta, t);
        double exact = tau - 2 * tau * tau;
        // Σ_vv = τ − 2τ² + O(τ³), with τ = 2.5e-13
        same(Evaluation.of(p.transition().computed().covariance().at(1, 1), T).at(t), exact);
    }
}
