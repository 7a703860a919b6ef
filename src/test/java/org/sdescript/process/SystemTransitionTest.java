package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.sdescript.process.Processes.T;
import static org.sdescript.process.Processes.X;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;

class SystemTransitionTest {
    @Test
    void systems_whose_eigenvalues_are_known_have_a_closed_form() {
        for (Process p : List.of(Systems.cld(), Systems.paced(), Systems.shared())) {
            assertThat(p.transition().isNumeric()).as(p.name()).isFalse();
        }
    }

    @Test
    void without_a_clock_the_moments_are_numbers() {
        assertThat(Systems.turning().transition().isNumeric()).isTrue();
    }

    @Test
    void three_states_that_drive_each_other_in_order_have_a_closed_form() {
        Symbol y = Expr.symbol("y");
        Symbol z = Expr.symbol("z");
        Process p = Process.of(
                "Three",
                T,
                1e-5,
                1,
                List.of(X, y, z),
                List.of("w"),
                List.of(y, z, z.negate()),
                List.of(List.of(Expr.ZERO), List.of(Expr.ZERO), List.of(Expr.ONE)));
        assertThat(p.transition().isNumeric()).isFalse();
        assertThat(p.transition().shown().map().at(0, 2)).hasToString("t − 1 + exp(−t)");
    }

    /**
     * γ = 2√2 and ξ = 3√3 make the characteristic polynomial λ³ + ξλ² + (γ² + 1)λ + ξ equal to (λ + √3)³; the first
     * entry of (A + √3)²/2 is (−1 + 3)/2.
     */
    @Test
    void critically_damped_dynamics_of_third_order_have_a_closed_form() {
        Symbol y = Expr.symbol("y");
        Symbol z = Expr.symbol("z");
        Expr gamma = Expr.of(2).times(Expr.sqrt(Expr.of(2)));
        Expr xi = Expr.of(3).times(Expr.sqrt(Expr.of(3)));
        Process p = Process.of(
                "Third",
                T,
                1e-5,
                1,
                List.of(X, y, z),
                List.of("w"),
                List.of(
                        y,
                        X.negate().plus(gamma.times(z)),
                        gamma.times(y).negate().minus(xi.times(z))),
                List.of(
                        List.of(Expr.ZERO),
                        List.of(Expr.ZERO),
                        List.of(Expr.sqrt(Expr.of(2).times(xi)))));
        assertThat(p.transition().isNumeric()).isFalse();
        assertThat(p.transition().shown().map().at(0, 0)).hasToString("exp(−t √3) (t² + t √3 + 1)");
    }

    /** x₁ is the damped n-th integral of the noise: its variance at 1 is ∫ e^(−2s) (s^(n−1)/(n−1)!)² ds. */
    @Test
    void a_chain_of_thirty_states_is_computed_by_numbers() {
        int n = 30;
        List<Symbol> states =
                IntStream.rangeClosed(1, n).mapToObj(i -> Expr.symbol("x_" + i)).toList();
        List<Expr> drift = IntStream.range(0, n)
                .mapToObj(i -> i + 1 < n
                        ? states.get(i + 1).minus(states.get(i))
                        : states.get(i).negate())
                .toList();
        List<List<Expr>> noise = IntStream.range(0, n)
                .mapToObj(i -> List.of(i + 1 < n ? Expr.ZERO : Expr.ONE))
                .toList();
        Process p = Process.of("Thirty", T, 1e-5, 1, states, List.of("w"), drift, noise);
        assertThat(p.transition().isNumeric()).isTrue();
        Matrix covariance = p.transition().computed().covariance();
        // the last state: (1 − e⁻²)/2; the first: 3.0352620679892957e-65, by 40 terms of the series of e^(−2s) in 50
        // digits
        assertThat(Evaluation.of(covariance.at(29, 29), T).at(1))
                .isCloseTo(-Math.expm1(-2) / 2, withinPercentage(1e-10));
        assertThat(Evaluation.of(covariance.at(0, 0), T).at(1))
                .isCloseTo(3.0352620679892957e-65, withinPercentage(1e-8));
        assertThat(TransitionSteps.of(p).toString()).contains("30 states are coupled");
    }
}
