package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.sdescript.process.Processes.T;
import static org.sdescript.process.Processes.X;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;

class MomentTablesTest {
    /**
     * dx = −x/√t dt + √(2/√t) dw has no coefficients at t = 0, but Φ = exp(−2√t) and Σ = 1 − Φ² start there. Accuracy of tables:
     * 1e-10 of the moments.
     */
    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1e-3, 0.25, 1})
    void coefficients_without_a_value_at_0_are_integrated_from_there(double t) {
        Expr rate = Expr.sqrt(T).pow(-1);
        AffineSystem system = AffineSystem.of(Process.scalar(
                        "P",
                        T,
                        1e-5,
                        1,
                        X,
                        rate.negate().times(X),
                        Expr.sqrt(Expr.of(2).times(rate))))
                .required();

        Moments moments = MomentTables.of(system, 0, 1, T);

        double decay = Math.exp(-2 * Math.sqrt(t));
        assertThat(at(moments.map().at(0, 0), t)).isCloseTo(decay, within(1e-10 * decay));
        double variance = -Math.expm1(-4 * Math.sqrt(t));
        assertThat(at(moments.covariance().at(0, 0), t)).isCloseTo(variance, within(1e-10 * variance));
    }

    private static double at(Expr e, double t) {
        return Evaluation.of(e, T).at(t);
    }
}
