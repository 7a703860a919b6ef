package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RationalTest {
    @Test
    void a_double_is_the_decimal_that_was_written() {
        assertThat(Rational.of(0.1)).isEqualTo(Rational.of(1, 10));
        assertThat(Rational.of(20.0)).isEqualTo(Rational.of(20));
        assertThat(Rational.of(1e-5)).isEqualTo(Rational.of(1, 100_000));
        assertThat(Rational.of(-4.975)).isEqualTo(Rational.of(-4975, 1000));
    }

    @Test
    void a_long_double_is_the_fraction_it_came_from() {
        assertThat(Rational.of(1.0 / 3)).isEqualTo(Rational.of(1, 3));
        assertThat(Rational.of(-2.0 / 7)).isEqualTo(Rational.of(-2, 7));
        assertThat(Rational.of(355.0 / 113)).isEqualTo(Rational.of(355, 113));
    }

    @Test
    void converting_back_gives_the_same_double() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            double value = i % 2 == 0
                    ? Double.longBitsToDouble(random.nextLong())
                    : (random.nextInt(2000) - 1000) / (1.0 + random.nextInt(2000));
            if (Double.isFinite(value)) {
                assertThat(Rational.of(value).doubleValue()).isEqualTo(value == 0 ? 0.0 : value);
            }
        }
    }

    @Test
    void infinity_is_no_rational() {
        assertThatThrownBy(() -> Rational.of(Double.POSITIVE_INFINITY)).isInstanceOf(ArithmeticException.class);
    }
}
