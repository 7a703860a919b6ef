package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sdescript.algebra.Generated.T;
import static org.sdescript.algebra.Generated.X;
import static org.sdescript.algebra.Generated.Y;

import org.junit.jupiter.api.Test;

class SignTest {
    private static final Assumptions POSITIVE = Assumptions.positive(T);

    private static boolean isPositive(Expr e) {
        return Sign.isPositive(e, POSITIVE);
    }

    /** x² + y² is 0 at the origin. */
    @Test
    void a_sum_is_positive_if_a_term_is_and_none_is_negative() {
        Expr squares = X.pow(2).plus(Y.pow(2));

        assertThat(isPositive(squares)).isFalse();
        assertThat(Sign.isNonNegative(squares)).isTrue();
        assertThat(isPositive(squares.plus(Expr.ONE))).isTrue();
        assertThat(isPositive(squares.plus(T))).isTrue();
        assertThat(isPositive(squares.minus(Expr.ONE))).isFalse();
        assertThat(isPositive(X.plus(Expr.ONE))).isFalse();
    }

    @Test
    void what_an_exponential_lacks_to_one_has_the_sign_of_the_exponent() {
        assertThat(isPositive(Expr.ONE.minus(Expr.exp(T.negate())))).isTrue();
        assertThat(isPositive(Expr.exp(T).minus(Expr.ONE))).isTrue();
        assertThat(isPositive(Expr.ONE.minus(Expr.exp(X.pow(2).negate())))).isFalse();
        assertThat(Sign.isNonNegative(Expr.ONE.minus(Expr.exp(X.pow(2).negate()))))
                .isTrue();
        assertThat(isPositive(Expr.ONE.minus(Expr.exp(T)))).isFalse();
        assertThat(isPositive(Expr.ONE.minus(Expr.exp(T.negate()).times(Expr.of(2)))))
                .isFalse();
        assertThat(isPositive(Expr.ONE.minus(Expr.exp(T.negate())).plus(X))).isFalse();
    }

    @Test
    void a_product_is_not_zero_if_no_factor_is() {
        Assumptions known = POSITIVE.and(Assumptions.nonZero(X));

        assertThat(Sign.isNonZero(X.times(T), known)).isTrue();
        assertThat(Sign.isNonZero(X.times(T.plus(Expr.ONE).negate()), known)).isTrue();
        assertThat(Sign.isNonZero(X.times(Y), known)).isFalse();
        assertThat(Sign.isNonZero(X.plus(T), known)).isFalse();
    }

    @Test
    void an_even_number_of_negative_factors_is_positive() {
        Expr below = T.plus(Expr.ONE).negate();

        assertThat(isPositive(below.times(T.negate()))).isTrue();
        assertThat(isPositive(below.times(T))).isFalse();
        assertThat(isPositive(below.times(X))).isFalse();
    }
}
