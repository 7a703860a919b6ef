package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sdescript.algebra.Interpolant;

class LinearOdeSeriesTest {
    private static final double FIRST = 0x1p-48;

    /** y′ = a(t) y. */
    private record Growth(DoubleUnaryOperator rate) implements LinearOdeSeries.Slopes {
        @Override
        public int coefficientCount() {
            return 1;
        }

        @Override
        public boolean isConstant() {
            return false;
        }

        @Override
        public int depth() {
            return 1;
        }

        @Override
        public void dropInhomogeneous(double[] coefficients) {}

        @Override
        public void coefficients(double t, double[] into) {
            into[0] = rate.applyAsDouble(t);
        }

        @Override
        public void at(double[] coefficients, double[] y, double[] slope, double[] sizes) {
            slope[0] = coefficients[0] * y[0];
            sizes[0] = Math.abs(slope[0]);
        }
    }

    private static Interpolant solution(DoubleUnaryOperator rate) {
        return LinearOdeSeries.solve(new Growth(rate), new double[] {1}, 0, 1, FIRST)
                .getFirst();
    }

    /** The rate jumps at 0.3 from 1 to −2, so y = exp(0.3 − 2 (t − 0.3)) after it. */
    @Test
    void a_jump_of_a_coefficient_is_narrowed_down() {
        Interpolant y = solution(t -> t < 0.3 ? 1 : -2);

        assertThat(y.at(0.2)).isCloseTo(Math.exp(0.2), within(1e-10));
        assertThat(y.at(1)).isCloseTo(Math.exp(0.3 - 1.4), within(1e-10));
    }

    /** Even on the narrowest panel, 1e-13, the solution falls by a factor of exp(1000). */
    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void what_changes_too_fast_is_refused() {
        assertThatThrownBy(() -> solution(t -> -1e16 * (1 + t)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("change too fast");
    }

    @Test
    void a_coefficient_without_a_value_is_refused_with_its_time() {
        assertThatThrownBy(() -> solution(t -> 1 / (t - 1)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("a coefficient has no value at t = 1");
    }
}
