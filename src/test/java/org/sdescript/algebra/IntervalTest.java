package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntervalTest {
    private static Interval closed(int from, int to) {
        return Interval.of(Rational.of(from), Rational.of(to));
    }

    private static Interval open(int from, int to) {
        return new Interval(Interval.open(Rational.of(from)), Interval.open(Rational.of(to)));
    }

    private static Interval from(int least) {
        return new Interval(Interval.closed(Rational.of(least)), Optional.empty());
    }

    @Test
    void both_bounds_of_a_meet_are_the_tighter_ones() {
        assertThat(closed(0, 2).meet(closed(1, 3))).isEqualTo(closed(1, 2));
        assertThat(closed(1, 3).meet(closed(0, 2))).isEqualTo(closed(1, 2));
        assertThat(open(0, 3).meet(closed(1, 2))).isEqualTo(closed(1, 2));
        assertThat(closed(1, 2).meet(open(0, 3))).isEqualTo(closed(1, 2));
        assertThat(closed(0, 1).meet(open(0, 1))).isEqualTo(open(0, 1));
        assertThat(open(0, 1).meet(closed(0, 1))).isEqualTo(open(0, 1));
        assertThat(closed(0, 2).meet(from(1))).isEqualTo(closed(1, 2));
        assertThat(from(1).meet(closed(0, 2))).isEqualTo(closed(1, 2));
    }

    @Test
    void both_bounds_of_a_hull_are_the_wider_ones() {
        assertThat(closed(0, 2).hull(open(1, 3)))
                .isEqualTo(new Interval(Interval.closed(Rational.ZERO), Interval.open(Rational.of(3))));
        assertThat(closed(0, 1).hull(open(0, 1))).isEqualTo(closed(0, 1));
        assertThat(open(0, 1).hull(closed(0, 1))).isEqualTo(closed(0, 1));
        assertThat(closed(0, 2).hull(from(1))).isEqualTo(from(0));
    }

    @Test
    void products_reach_from_the_least_to_the_largest_product_of_the_bounds() {
        assertThat(closed(1, 2).times(closed(3, 5))).isEqualTo(closed(3, 10));
        assertThat(closed(1, 2).times(closed(-3, 5))).isEqualTo(closed(-6, 10));
        assertThat(open(-3, 5).times(closed(1, 2))).isEqualTo(open(-6, 10));
        assertThat(closed(-2, -1).times(closed(-3, 5))).isEqualTo(closed(-10, 6));
        assertThat(closed(-2, -1).times(closed(3, 5))).isEqualTo(closed(-10, -3));
        assertThat(closed(-2, -1).times(closed(-5, -3))).isEqualTo(closed(3, 10));
        assertThat(from(1).times(closed(-3, 5))).isEqualTo(Interval.REALS);
        assertThat(closed(0, 0).times(Interval.REALS)).isEqualTo(closed(0, 0));
    }

    @Test
    void a_square_is_not_negative_and_a_cube_has_the_sign_of_its_base() {
        assertThat(closed(-3, 2).power(2)).isEqualTo(closed(0, 9));
        assertThat(closed(-3, -2).power(2)).isEqualTo(closed(4, 9));
        assertThat(closed(-3, 2).power(3)).isEqualTo(closed(-27, 8));
        assertThat(closed(-3, -2).power(3)).isEqualTo(closed(-27, -8));
    }

    /** Each bound is four units in the last place further out than the value in double. */
    @Test
    void the_image_of_a_rising_function_contains_its_values_and_little_more() {
        Interval image = closed(0, 1).rising(Math::exp);
        double low = image.lower().orElseThrow().at().doubleValue();
        double high = image.upper().orElseThrow().at().doubleValue();

        assertThat(low).isLessThan(1).isCloseTo(1, within(5 * Math.ulp(1.0)));
        assertThat(high).isGreaterThan(Math.E).isCloseTo(Math.E, within(5 * Math.ulp(Math.E)));
        assertThat(from(0).rising(Math::exp).upper()).isEmpty();
        assertThat(closed(0, 1000).rising(Math::exp).upper())
                .as("e¹⁰⁰⁰ is not a double")
                .isEmpty();
    }
}
