package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sdescript.algebra.Generated.T;
import static org.sdescript.algebra.Generated.X;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sdescript.algebra.Expr.Symbol;

class SeriesTest {
    private static final Symbol H = Expr.symbol("h");

    private static Expr series(Expr e, int order) {
        return Series.of(e, H, order).orElseThrow().toExpr(H);
    }

    @Test
    void the_series_everybody_knows() {
        expands(Expr.exp(H), 4, "⅙ h³ + ½ h² + h + 1");
        expands(Expr.sqrt(Expr.ONE.minus(H)), 3, "1 − ½ h − ⅛ h²");
        expands(Expr.ONE.over(Expr.ONE.minus(H)), 4, "h³ + h² + h + 1");
        expands(Expr.log(Expr.ONE.plus(H)), 3, "h − ½ h²");
        expands(Expr.sin(H).over(H), 4, "1 − ⅙ h²");
        expands(Expr.power(Expr.ONE.plus(H), X), 2, "h x + 1");
        expands(Expr.apply(Elementary.ATAN, H), 4, "h − ⅓ h³");
    }

    private static void expands(Expr e, int order, String text) {
        assertThat(series(e, order)).hasToString(text);
    }

    /** DDPM: x[i] = √(1 − βh) x[i−1] + √(βh) noise is dx = −½βx dt + √β dw (Song et al. 2021, appendix B). */
    @Test
    void a_chain_has_its_limit() {
        Definition beta =
                new Definition("beta", T, Expr.of(0.1).plus(Expr.of(19.9).times(T)));
        Expr decay = Expr.sqrt(Expr.ONE.minus(beta.at(T.plus(H)).times(H)));
        Series drift = Series.of(decay, H, 2).orElseThrow();
        assertThat(drift.coefficient(0)).isEqualTo(Expr.ONE);
        assertThat(drift.coefficient(1)).hasToString("−½ β(t)");
        Series noise = Series.of(Expr.sqrt(beta.at(T.plus(H)).times(H)), H, 1).orElseThrow();
        assertThat(noise.lowest()).isEqualTo(Rational.HALF);
        assertThat(noise.coefficient(Rational.HALF)).hasToString("√β(t)");
    }

    /** SMLD: √(σ²(t + h) − σ²(t)) is √(d σ²/dt) √h. */
    @Test
    void a_difference_of_levels_is_a_derivative() {
        Definition sigma = new Definition("sigma", T, Expr.power(Expr.of(50), T));
        Expr step = Expr.sqrt(sigma.at(T.plus(H)).pow(2).minus(sigma.at(T).pow(2)));
        Series series = Series.of(step, H, 1).orElseThrow();
        assertThat(series.coefficient(Rational.HALF).pow(2)).hasToString("2 σ(t) σ̇(t)");
    }

    @Test
    void what_has_no_series_is_said() {
        assertThat(Series.of(Expr.log(H), H, 2)).isEmpty();
        assertThat(Series.of(Expr.exp(H.pow(-1)), H, 2)).isEmpty();
        assertThat(Series.of(Expr.apply(Elementary.MAX, H, H.pow(2)), H, 2)).isEmpty();
    }

    /** The error of the series falls with h at the order of the series. */
    @Test
    void series_approach_the_function_with_their_order() {
        Expr u = H.times(X).plus(H.pow(2));
        List<Expr> functions = List.of(
                Expr.exp(u).over(Expr.ONE.plus(H)),
                Expr.sqrt(T.plus(u)),
                Expr.sin(T.plus(u)).times(Expr.log(T.plus(H))),
                Expr.apply(Elementary.TANH, u).over(H),
                Expr.apply(Elementary.ERF, T.minus(u)),
                Expr.ONE.minus(Expr.exp(u)).over(Expr.ONE.minus(Expr.exp(H))));
        for (Expr f : functions) {
            Expr difference = f.minus(series(f, 3));
            double coarse = error(difference, 0.02);
            double fine = error(difference, 0.01);
            assertThat(fine).as("%s", f).isBetween(coarse / 10, coarse / 6);
        }
    }

    private static double error(Expr difference, double h) {
        return Math.abs(Evaluation.of(difference, H, X, T).at(h, 0.7, 1.3));
    }
}
