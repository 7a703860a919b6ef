package org.sdescript.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HostArithmeticTest {
    private static double apply(UnaryOperation function, double x) {
        return HostArithmetic.apply(function, x);
    }

    private static double apply(BinaryOperation function, double x, double y) {
        return HostArithmetic.apply(function, x, y);
    }

    @Test
    void the_remainder_has_the_sign_of_the_divisor_as_in_python() {
        assertThat(apply(BinaryOperation.MODULO, 7, 3)).isEqualTo(1);
        assertThat(apply(BinaryOperation.MODULO, -7, 3)).isEqualTo(2);
        assertThat(apply(BinaryOperation.MODULO, 7, -3)).isEqualTo(-2);
        assertThat(apply(BinaryOperation.MODULO, -7, -3)).isEqualTo(-1);
        assertThat(apply(BinaryOperation.MODULO, 6, -3)).isZero();
        assertThat(apply(BinaryOperation.MODULO, 1e17, 3)).isEqualTo(1);
        assertThat(apply(BinaryOperation.MODULO, 1, 0)).isNaN();
    }

    @Test
    void rounding_goes_to_the_even_neighbour() {
        assertThat(apply(UnaryOperation.ROUND, 2.5)).isEqualTo(2);
        assertThat(apply(UnaryOperation.ROUND, 3.5)).isEqualTo(4);
        assertThat(apply(UnaryOperation.ROUND, -0.6)).isEqualTo(-1);
    }

    @Test
    void small_arguments_do_not_cancel() {
        assertThat(apply(UnaryOperation.EXPM1, 1e-20)).isEqualTo(1e-20);
        assertThat(apply(UnaryOperation.LOG1P, 1e-20)).isEqualTo(1e-20);
        assertThat(apply(UnaryOperation.ELU, -1e-20)).isEqualTo(-1e-20);
    }

    @Test
    void activations_have_their_known_values_and_limits() {
        assertThat(apply(UnaryOperation.ERF, 1)).isCloseTo(0.8427007929497149, within(1e-15));
        assertThat(apply(UnaryOperation.ERF, 1e10)).isEqualTo(1);
        assertThat(apply(UnaryOperation.GELU, 1)).isCloseTo(0.8413447460685429, within(1e-15));
        assertThat(apply(UnaryOperation.SILU, 1)).isCloseTo(0.7310585786300049, within(1e-15));
        assertThat(apply(UnaryOperation.SIGMOID, -1000)).isZero();
        assertThat(apply(UnaryOperation.SOFTPLUS, 1000)).isEqualTo(1000);
        assertThat(apply(UnaryOperation.SOFTPLUS, 0)).isCloseTo(Math.log(2), within(1e-16));
    }

    @Test
    void comparisons_give_one_and_zero() {
        assertThat(apply(BinaryOperation.LESS, 1, 2)).isEqualTo(1);
        assertThat(apply(BinaryOperation.GREATER_EQUAL, 1, 2)).isZero();
        assertThat(apply(BinaryOperation.AND, 2, -1)).isEqualTo(1);
        assertThat(apply(BinaryOperation.OR, 0, 0)).isZero();
        assertThat(apply(UnaryOperation.NOT, 0)).isEqualTo(1);
    }
}
