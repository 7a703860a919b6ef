package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.sdescript.algebra.Generated.T;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** At t = 1e-9 the naive forms lose nine digits or all of them. */
class StableFormTest {
    private static final int POINTS = 40;
    private static final double MOST_UNITS = 16;
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

    @Test
    void exponentials_that_overflow_leave_the_value_finite() {
        Expr down = Expr.exp(T.negate());
        Expr up = Expr.exp(T);
        double t = 800;
        assertThat(value(Expr.log(Expr.ONE.plus(up)), t)).isEqualTo(800);
        assertThat(value(Expr.log(Expr.ONE.plus(up)), -t)).isEqualTo(Math.exp(-800));
        assertThat(value(Expr.log(Expr.ONE.plus(up.times(Expr.of(3)))), t)).isCloseTo(800 + Math.log(3), within(1e-12));
        assertThat(value(up.over(Expr.ONE.plus(up)), t)).isEqualTo(1);
        assertThat(value(up.over(Expr.ONE.plus(up)), -t)).isZero();
        assertThat(value(up.over(Expr.ONE.plus(up).pow(2)), t)).isZero();
        assertThat(value(up.pow(2).over(Expr.ONE.plus(up).pow(2)), t)).isEqualTo(1);
        assertThat(value(up.minus(down).over(up.plus(down)), t)).isEqualTo(1);
        assertThat(value(up.minus(down).over(up.plus(down)), -t)).isEqualTo(-1);
        assertThat(value(up.plus(down).over(up.minus(down)), t)).isEqualTo(1);
        assertThat(value(up.minus(Expr.ONE).over(up.plus(Expr.ONE)), t)).isEqualTo(1);
        Expr logOfCosh = Expr.log(Expr.apply(Elementary.COSH, T));
        assertThat(value(logOfCosh, t)).isCloseTo(800 - Math.log(2), within(1e-12));
        assertThat(value(logOfCosh, -t)).isCloseTo(800 - Math.log(2), within(1e-12));
        same(logOfCosh, TINY * TINY / 2);
        same(up.minus(down).over(up.plus(down)), TINY);
    }

    /** log(t + 1) − log(t) = log1p(1/t), of which the difference of the logarithms would keep seven digits. */
    @Test
    void logarithms_of_large_numbers_that_are_close() {
        double large = 1e9;
        double exact = Math.log1p(1 / large);
        Expr above = Expr.log(T.plus(Expr.ONE));
        Expr below = Expr.log(T);

        assertThat(value(above.minus(below), large)).isCloseTo(exact, within(1e-14 * exact));
        assertThat(value(below.minus(above), large)).isCloseTo(-exact, within(1e-14 * exact));
        assertThat(value(above.minus(below).times(Expr.of(3)), large)).isCloseTo(3 * exact, within(1e-14 * exact));
        double twice = 2 * Math.log(large + 1) - Math.log(large);
        assertThat(value(above.times(Expr.of(2)).minus(below), large)).isCloseTo(twice, within(1e-14 * twice));
    }

    private static double value(Expr e, double t) {
        return Evaluation.of(e, T).at(t);
    }

    private static void same(Expr e, double expected) {
        assertThat(Evaluation.of(e, T).at(TINY)).as("%s", e).isCloseTo(expected, within(1e-14 * Math.abs(expected)));
    }

    /**
     * The error of every form, in units in the last place of the best that any algorithm could reach: the rounding of
     * the argument alone changes the value by its condition number |t f′/f|, and each of the few operations adds about
     * one unit.
     */
    @Test
    void values_are_exact_to_a_few_units_of_their_condition() {
        for (Expr f : cancelling()) {
            Evaluation value = Evaluation.of(f, T);
            Expr slope = Derivative.of(f, T);
            Random random = new Random(11);
            for (int i = 0; i < POINTS; i++) {
                double t = random.nextDouble() * Math.pow(10, -random.nextInt(13));
                BigDecimal exact;
                double condition;
                try {
                    exact = at(f, t);
                    condition = at(slope, t).doubleValue() * t / exact.doubleValue();
                } catch (ArithmeticException undefined) {
                    continue;
                }
                double error = new BigDecimal(value.at(t)).subtract(exact).doubleValue();
                double units = Math.abs(error / exact.doubleValue()) / Math.ulp(1.0) / (1 + Math.abs(condition));
                assertThat(units).as("%s at %s", f, t).isLessThan(MOST_UNITS);
            }
        }
    }

    private static BigDecimal at(Expr e, double t) {
        return DecimalEvaluation.of(e, Map.of(T, new BigDecimal(t)), 50);
    }

    private static List<Expr> cancelling() {
        Expr one = Expr.ONE;
        Expr two = Expr.of(2);
        Expr line = Expr.of(0.1).times(T).plus(Expr.of(9.95).times(T.pow(2)));
        return List.of(
                one.minus(Expr.exp(line.negate())),
                one.minus(two.times(E)).plus(E.pow(2)),
                Expr.sqrt(one.minus(Expr.exp(line.negate()))),
                Expr.exp(T).minus(E),
                Expr.log(one.plus(T)),
                Expr.log(one.minus(E)),
                one.minus(Expr.cos(T)),
                Expr.sqrt(one.plus(T)).minus(one),
                Expr.sqrt(T.plus(two)).minus(Expr.sqrt(two)),
                one.minus(Expr.sqrt(one.minus(T))),
                Expr.apply(Elementary.COSH, T).minus(one),
                one.minus(Expr.apply(Elementary.TANH, T.times(Expr.of(20)))),
                one.minus(T.pow(2)),
                T.pow(2).minus(two.times(T)).plus(one),
                Expr.log(T.plus(one)).minus(Expr.log(T)),
                Expr.power(Expr.of(5000), two.times(T)).minus(one).times(Expr.of(0.0001)),
                one.minus(Expr.power(one.minus(T), Expr.of(2))),
                Expr.sin(T).pow(2).over(one.minus(Expr.cos(T))),
                Expr.log(one.plus(Expr.exp(T))),
                Expr.exp(T).over(one.plus(Expr.exp(T)).pow(2)),
                Expr.exp(T).minus(E).over(Expr.exp(T).plus(E)),
                Expr.log(Expr.apply(Elementary.COSH, T.times(Expr.of(5)))));
    }
}
