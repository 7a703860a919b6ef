package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.sdescript.algebra.Generated.T;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundsTest {
    /** Computed in double and widened by a few units in the last place. */
    private static final double WIDENED = 1e-14;

    private static Interval of(Expr e, double from, double to) {
        return Bounds.of(e, Assumptions.in(T, Interval.of(Rational.of(from), Rational.of(to))));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "-2, -1", "-3, 2", "-600, 5", "0, 600"})
    void the_bounds_of_an_exponential_are_its_values_at_the_ends(double from, double to) {
        Interval bounds = of(Expr.exp(T), from, to);

        double low = Math.exp(from);
        double high = Math.exp(to);
        assertThat(bounds.lower().orElseThrow().at().doubleValue()).isCloseTo(low, within(WIDENED * low));
        assertThat(bounds.upper().orElseThrow().at().doubleValue()).isCloseTo(high, within(WIDENED * high));
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 1, 1", "0, 2, 0, 1", "-3, 2, -1, 1", "-3, -1, -1, 1"})
    void a_sign_is_known_as_far_as_its_argument_is(double from, double to, double low, double high) {
        Interval bounds = of(Expr.apply(Elementary.SIGN, T), from, to);

        assertThat(bounds.lower().orElseThrow().at().doubleValue()).isEqualTo(low);
        assertThat(bounds.upper().orElseThrow().at().doubleValue()).isEqualTo(high);
    }

    @ParameterizedTest
    @CsvSource({"1, 1000, true, false", "-1000, 1, false, true", "-1000, -800, false, true", "800, 1000, true, false"})
    void an_exponential_beyond_what_doubles_hold_is_bounded_by_what_is_certain(
            double from, double to, boolean above, boolean below) {
        Interval bounds = of(Expr.exp(T), from, to);

        assertThat(bounds.isPositive()).isTrue();
        assertThat(bounds.lower().orElseThrow().at().signum() > 0).isEqualTo(above);
        assertThat(bounds.upper().isPresent()).isEqualTo(below);
    }
}
