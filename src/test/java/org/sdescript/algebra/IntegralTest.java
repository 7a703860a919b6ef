package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sdescript.algebra.Generated.T;
import static org.sdescript.algebra.Generated.X;

import org.junit.jupiter.api.Test;

class IntegralTest {
    @Test
    void each_rule_finds_its_integrals() {
        Expr two = Expr.of(2);
        Expr line = two.times(T).plus(Expr.ONE);
        found(T.pow(3).plus(T.pow(-2)));
        found(T.pow(-1));
        found(Expr.exp(line));
        found(Expr.power(Expr.of(5), T));
        found(Expr.power(line, Expr.ratio(5, 3)));
        found(T.times(Expr.sqrt(line)));
        found(line.times(Expr.exp(T.pow(2).plus(T))));
        found(T.pow(2).times(Expr.exp(T.times(Expr.of(-3)))));
        found(T.times(Expr.sin(line)));
        found(Expr.sin(T).pow(2));
        found(Expr.sin(T).times(Expr.cos(T)));
        found(Expr.apply(Elementary.TAN, line));
        found(Expr.log(line));
        found(Expr.apply(Elementary.TANH, line));
        found(Expr.exp(T.pow(2).negate()));
        found(Expr.exp(T).over(Expr.exp(T).plus(Expr.ONE)));
        found(Expr.log(T).over(T));
        found(Expr.cos(T).times(Expr.exp(Expr.sin(T))));
        found(Expr.cos(line).pow(-2));
        found(Expr.exp(line).times(Expr.sin(T.times(Expr.of(3)))));
        found(Expr.exp(T.negate()).times(Expr.cos(line)));
        found(X.times(T).plus(Expr.exp(X.times(T))));
    }

    private static void found(Expr integrand) {
        assertThat(Integral.of(integrand, T)).as("%s", integrand).isPresent().hasValueSatisfying(found -> assertThat(
                        Equality.probably(Derivative.of(found, T), integrand))
                .isTrue());
    }

    @Test
    void what_has_no_elementary_integral_is_not_found() {
        assertThat(Integral.of(Expr.exp(T).over(T), T)).isEmpty();
        assertThat(Integral.of(Expr.sin(T.pow(2)), T)).isEmpty();
    }

    @Test
    void a_divergent_integral_has_no_value() {
        assertThat(Integral.between(T.pow(-1), T, Expr.ZERO, T)).isEmpty();
    }
}
