package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.sdescript.algebra.Generated.T;

import org.junit.jupiter.api.Test;

/** At t = 1e-9 the naive forms have lost nine digits or all of them. */
class StableTest {
    private static final double TINY = 1e-9;
    private static final Expr E = Expr.exp(T.negate());

    @Test
    void what_vanishes_with_the_exponent_is_computed_without_cancellation() {
        double d = -Math.expm1(-TINY);
        same(Expr.ONE.minus(E), d);
        same(Expr.ONE.minus(E.times(Expr.of(2))).plus(E.pow(2)), d * d);
        same(Expr.ONE.plus(E).minus(E.pow(2).times(Expr.of(2))), d * (3 - 2 * d));
        same(Expr.exp(T).minus(E), 2 * Math.sinh(TINY));
        same(
                Expr.of(0.0001).times(Expr.power(Expr.of(5000), T).minus(Expr.ONE)),
                1e-4 * Math.expm1(TINY * Math.log(5000)));
        same(Expr.sqrt(Expr.ONE.minus(E)), Math.sqrt(d));
        same(Expr.log(Expr.ONE.minus(E)), Math.log(d));
        same(T.minus(Expr.ONE).plus(Expr.exp(T)), 2 * TINY + TINY * TINY / 2);
    }

    @Test
    void logarithms_and_cosines_near_one() {
        same(Expr.log(Expr.ONE.plus(T)), Math.log1p(TINY));
        same(Expr.ONE.minus(Expr.cos(T)), 2 * Math.pow(Math.sin(TINY / 2), 2));
    }

    @Test
    void exponents_that_vanish_as_a_whole() {
        double u = -2 * Math.pow(Math.sin(TINY / 2), 2) - TINY;
        same(Expr.ONE.minus(Expr.exp(Expr.cos(T).minus(Expr.ONE).minus(T))), -Math.expm1(u));
        Expr growing = Expr.power(Expr.of(200), T).minus(Expr.ONE);
        same(Expr.ONE.minus(Expr.exp(growing.negate())), -Math.expm1(-Math.expm1(TINY * Math.log(200))));
    }

    private static void same(Expr e, double expected) {
        assertThat(Evaluation.of(e, T).at(TINY)).as("%s", e).isCloseTo(expected, within(1e-14 * Math.abs(expected)));
    }
}
