package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sdescript.algebra.Generated.T;
import static org.sdescript.algebra.Generated.X;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {
    private static final Definition BETA =
            new Definition("beta", T, Expr.of(0.1).plus(Expr.of(19.9).times(T)));

    @Test
    void polynomials_fall_in_degree() {
        prints(Expr.of(1).plus(T).minus(Expr.of(4.975).times(T.pow(2))), "1 + t − 4.975 t²");
        prints(BETA.at(T).expandCalls(), "19.9 t + 0.1");
    }

    @Test
    void terms_stand_in_the_order_of_the_states_behind_the_terms_without_any() {
        Expr.Symbol v = Expr.symbol("v");
        Expr sum = Expr.sum(List.of(v.times(Expr.sin(T)), X.times(Expr.exp(T)), Expr.cos(T)));

        assertThat(Text.of(sum, List.of(X, v))).isEqualTo("cos(t) + exp(t) x + sin(t) v");
        assertThat(Text.of(sum, List.of(v, X))).isEqualTo("cos(t) + sin(t) v + exp(t) x");
    }

    @Test
    void a_positive_term_comes_first() {
        prints(Expr.ONE.minus(Expr.exp(T)), "1 − exp(t)");
        prints(Expr.of(2).minus(X), "2 − x");
        prints(Expr.exp(T).minus(Expr.ONE), "exp(t) − 1");
    }

    @Test
    void fractions_stand_in_front_or_below() {
        prints(Expr.HALF.times(T), "½ t");
        prints(Expr.ratio(3, 7).times(T), "3/7 t");
        prints(T.pow(-1).times(Expr.HALF), "1/(2 t)");
        prints(X.over(T.plus(Expr.ONE)), "x/(t + 1)");
        prints(Expr.of(0.25), "0.25");
        prints(T.pow(-2).negate(), "−1/t²");
    }

    @Test
    void roots_are_gathered() {
        prints(Expr.sqrt(BETA.at(T)), "√β(t)");
        prints(Expr.sqrt(Expr.of(2).times(BETA.at(T))), "√(2 β(t))");
        prints(Expr.sqrt(Expr.of(0.2).times(BETA.at(T))), "√(0.2 β(t))");
        prints(Expr.sqrt(BETA.at(T).expandCalls()), "√(19.9 t + 0.1)");
        prints(Expr.sqrt(Expr.of(8)), "2 √2");
        prints(Expr.ONE.over(Expr.sqrt(T)), "1/√t");
    }

    @Test
    void powers_of_functions() {
        prints(Expr.sin(T).pow(2), "sin²(t)");
        prints(Expr.apply(Elementary.TAN, T), "tan(t)");
        prints(BETA.at(T).pow(2), "β(t)²");
        prints(Expr.power(X, T), "xᵗ");
        prints(Expr.power(X, Expr.ratio(3, 2)), "x^(1.5)");
        prints(Expr.power(Expr.of(5), T.times(Expr.of(2))), "5²ᵗ");
        prints(Expr.power(Expr.of(5), T.negate()), "5⁻ᵗ");
        prints(Expr.apply(Elementary.ABS, X), "|x|");
    }

    @Test
    void derivatives_of_named_functions_wear_a_dot() {
        Definition square = new Definition("sigma_min", T, T.pow(3));
        prints(Derivative.of(square.at(T), T), "σ̇_min(t)");
        prints(Derivative.of(BETA.at(T.pow(2)), T), "2 t β̇(t²)");
    }

    @Test
    void names_are_spelled() {
        prints(Expr.symbol("sigma_min"), "σ_min");
        prints(Expr.symbol("lambda"), "λ");
        prints(Expr.symbol("x_1"), "x₁");
        prints(Expr.symbol("Omega2"), "Ω₂");
    }

    @Test
    void numbers_that_look_like_shorter_ones_are_told_from_them() {
        prints(Expr.exp(Expr.of(-2.0000000001).times(T)), "exp(−2.0000000001 t)");
        prints(Expr.of(1.0000000000000002).times(T), "1.0000000000000002 t");
        prints(Expr.of(0.9999999999999999).times(T), "0.9999999999999999 t");
        prints(Expr.of(2 + 1e-13).times(T), "2.0000000000001 t");
        prints(Expr.ratio(2_000_000_001, 1_000_000_003).times(T), "1.9999999950… t");
        prints(Expr.of(0.12345678901234), "0.123456…");
    }

    private static void prints(Expr e, String text) {
        assertThat(Text.of(e)).isEqualTo(text);
    }
}
