package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sdescript.algebra.Generated.T;
import static org.sdescript.algebra.Generated.X;
import static org.sdescript.algebra.Generated.Y;

import org.junit.jupiter.api.Test;
import org.sdescript.algebra.Equality.Verdict;

class EqualityTest {
    private static final Expr TWO = Expr.of(2);

    private static Expr f(Elementary function, Expr u) {
        return Expr.apply(function, u);
    }

    @Test
    void identities_are_proved() {
        equal(
                X.plus(Y).pow(3),
                X.pow(3)
                        .plus(Expr.of(3).times(X.pow(2)).times(Y))
                        .plus(Expr.of(3).times(X).times(Y.pow(2)))
                        .plus(Y.pow(3)));
        equal(
                Expr.sin(X.plus(Y)),
                Expr.sin(X).times(Expr.cos(Y)).plus(Expr.cos(X).times(Expr.sin(Y))));
        equal(Expr.cos(X.times(TWO)), Expr.ONE.minus(TWO.times(Expr.sin(X).pow(2))));
        equal(
                f(Elementary.TANH, X),
                Expr.ONE.minus(TWO.over(Expr.exp(TWO.times(X)).plus(Expr.ONE))));
        equal(f(Elementary.COSH, X).pow(2).minus(f(Elementary.SINH, X).pow(2)), Expr.ONE);
        equal(Expr.ONE.over(X).plus(Expr.ONE.over(Y)), X.plus(Y).over(X.times(Y)));
        equal(X.pow(2).minus(Y.pow(2)).over(X.minus(Y)), X.plus(Y));
        equal(
                Expr.ONE.over(Expr.sqrt(X).plus(Expr.ONE)),
                Expr.sqrt(X).minus(Expr.ONE).over(X.minus(Expr.ONE)));
        equal(f(Elementary.TAN, X).pow(2).plus(Expr.ONE), Expr.cos(X).pow(-2));
        equal(
                Expr.ONE.over(Expr.ONE.plus(Expr.exp(X.negate()))),
                Expr.exp(X).over(Expr.exp(X).plus(Expr.ONE)));
    }

    private static void equal(Expr a, Expr b) {
        assertThat(Equality.decide(a, b, Assumptions.NONE)).as("%s = %s", a, b).isEqualTo(Verdict.EQUAL);
    }

    @Test
    void a_difference_in_the_thirtieth_digit_is_one() {
        Expr tiny = Expr.of(Rational.of(10).pow(-30));
        assertThat(Equality.decide(Expr.exp(X), Expr.exp(X).plus(tiny), Assumptions.NONE))
                .isEqualTo(Verdict.DIFFERENT);
        assertThat(Equality.decide(Expr.sin(X), Expr.cos(X), Assumptions.NONE)).isEqualTo(Verdict.DIFFERENT);
        assertThat(Equality.decide(T, f(Elementary.ABS, T), Assumptions.NONE)).isEqualTo(Verdict.DIFFERENT);
    }

    @Test
    void what_algebra_does_not_show_is_undecided() {
        // true by the addition theorem of the inverse tangent, for which there is no rule
        Expr sum = f(Elementary.ATAN, X).plus(f(Elementary.ATAN, X.pow(-1)));
        Expr half = Expr.PI.over(TWO).times(f(Elementary.SIGN, X));
        assertThat(Equality.decide(sum, half, Assumptions.NONE)).isEqualTo(Verdict.UNDECIDED);
        // nowhere defined
        assertThat(Equality.decide(Expr.log(X.pow(2).negate().minus(Expr.ONE)), X, Assumptions.NONE))
                .isEqualTo(Verdict.UNDECIDED);
    }

    /** atan(x) + atan(1/x) is π/2 for positive x and −π/2 for negative x, for which there is no rule: numbers decide. */
    @Test
    void points_are_compared_where_the_assumptions_hold() {
        Expr sum = f(Elementary.ATAN, X).plus(f(Elementary.ATAN, X.pow(-1)));
        Expr quarter = Expr.PI.over(TWO);
        Assumptions below = Assumptions.in(X, Interval.of(Rational.of(-2), Rational.of(-1)));

        assertThat(Equality.probably(sum, quarter.negate(), below)).isTrue();
        assertThat(Equality.probably(sum, quarter, below)).isFalse();
        assertThat(Equality.probably(sum, quarter, Assumptions.NONE)).isTrue();
        assertThat(Equality.probably(sum, quarter.negate(), Assumptions.NONE)).isFalse();
    }

    @Test
    void assumptions_make_expressions_equal() {
        Assumptions positive = Assumptions.positive(X, Y);
        Expr product = Expr.log(X.times(Y));
        Expr split = Expr.log(X).plus(Expr.log(Y));
        assertThat(Equality.decide(product, split, positive)).isEqualTo(Verdict.EQUAL);
        assertThat(Equality.decide(Expr.sqrt(X.times(Y)), Expr.sqrt(X).times(Expr.sqrt(Y)), positive))
                .isEqualTo(Verdict.EQUAL);
        assertThat(Equality.decide(f(Elementary.ABS, T), T, positive)).isEqualTo(Verdict.DIFFERENT);
        assertThat(Equality.decide(f(Elementary.ABS, X), X, positive)).isEqualTo(Verdict.EQUAL);
    }
}
