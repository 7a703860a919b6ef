package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.sdescript.process.Processes.T;

import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sdescript.algebra.Expr;

class SingularityTest {
    private static final Expr LEFT = Expr.HALF.minus(T);

    private static OptionalDouble of(Expr... functions) {
        return Singularity.within(Stream.of(functions), T, new TimeDomain(0, 1));
    }

    @Test
    void a_function_may_cease_to_the_right_or_to_the_left_of_the_place() {
        assertThat(of(Expr.sqrt(LEFT)).orElseThrow()).isCloseTo(0.5, within(1e-12));
        assertThat(of(Expr.sqrt(LEFT.negate())).orElseThrow()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void the_first_of_several_poles_counts() {
        Expr late = T.minus(Expr.of(0.8)).pow(-1);

        assertThat(of(late, LEFT.pow(-1)).orElseThrow()).isCloseTo(0.5, within(1e-12));
    }

    /** sin(u)/u is near 1 on both sides of u = 0; the pole of 1/t is an end of the domain. */
    @Test
    void a_quotient_whose_value_exists_on_both_sides_does_not_cease() {
        assertThat(of(Expr.sin(LEFT).over(LEFT))).isEmpty();
        assertThat(of(Expr.exp(T), T.pow(-1))).isEmpty();
    }
}
