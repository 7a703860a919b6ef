package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class InterpolantTest {
    /** u² = ½ T₀ + ½ T₂ on [0, 2] about 1, and t itself, 4 + T₁, on [3, 5]. */
    private static final Interpolant PIECES =
            new Interpolant(new double[] {0, 2, 3, 5}, new double[][] {{0.5, 0, 0.5}, {7, 0, 0}, {4, 1, 0}});

    @Test
    void each_panel_has_its_own_series() {
        assertThat(PIECES.at(0.5)).isCloseTo(0.25, within(1e-15));
        assertThat(PIECES.at(2)).isEqualTo(7);
        assertThat(PIECES.at(4.5)).isCloseTo(4.5, within(1e-15));
    }

    @Test
    void the_last_series_goes_on() {
        assertThat(PIECES.at(6)).isCloseTo(6, within(1e-15));
        assertThat(PIECES.at(-1)).isCloseTo(4, within(1e-15));
    }

    @Test
    void the_derivative_is_taken_panel_by_panel() {
        Interpolant slope = PIECES.derivative();
        assertThat(slope.at(0.5)).isCloseTo(-1, within(1e-14));
        assertThat(slope.at(2.5)).isZero();
        assertThat(slope.at(4)).isCloseTo(1, within(1e-14));
    }

    @Test
    void it_is_differentiated_and_lowered_like_any_function() {
        Expr.Symbol t = Expr.symbol("t");
        Expr e = new Expr.Tabulated("f", 0, PIECES, t.pow(2));
        assertThat(Evaluation.of(Derivative.of(e, t), t).at(0.5)).isCloseTo(2 * 0.5 * 2 * (0.25 - 1), within(1e-14));
        assertThat(Derivative.of(e, t)).hasToString("2 t f\u0307(t²)");
    }
}
