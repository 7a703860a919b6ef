package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sdescript.process.Processes.T;
import static org.sdescript.process.Processes.X;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Equality;
import org.sdescript.algebra.Expr;

/**
 * Reverse, flow and the family around them have the marginals of the process: with the exact score of the Gaussian N(m,
 * v), −(x − m)/v, they are affine, and their moment equations must equal those of m and v.
 */
class MarginalsTest {
    private static final List<Expr> LAMBDAS = List.of(Expr.ZERO, Expr.ratio(1, 3), Expr.ONE, Expr.of(2));

    @Test
    void reversals_keep_the_marginals() {
        for (Process p : List.of(
                Processes.vp(), Processes.subVp(), Processes.ve(), Processes.ornsteinUhlenbeck(), Processes.cosine())) {
            for (Expr lambda : LAMBDAS) {
                keepsMarginals(p, Reversal.reverse(p, lambda));
            }
        }
    }

    private static void keepsMarginals(Process p, Process derived) {
        Transition transition = p.transition();
        Expr m = transition.offset();
        Expr v = transition.variance();
        Expr score = X.minus(m).over(v).negate();
        Expr drift = derived.drift().getFirst().with(p.scores().getFirst(), score);
        Expr slope = Derivative.of(drift, X);
        // noise in reversed time reduces the variance as t grows
        Expr rate = derived.noises().isEmpty()
                ? Expr.ZERO
                : derived.covarianceRate().getFirst().getFirst();
        Expr change = Expr.product(Expr.of(2), slope, v).minus(rate);
        assertThat(Equality.probably(Derivative.of(v, T), change))
                .as("variance of %s", derived)
                .isTrue();
        assertThat(Equality.probably(Derivative.of(m, T), drift.with(X, m)))
                .as("mean of %s", derived)
                .isTrue();
    }
}
