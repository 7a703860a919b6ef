package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sdescript.process.Processes.T;
import static org.sdescript.process.Processes.X;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;

class SystemTransitionTest {
    @Test
    void systems_whose_eigenvalues_are_known_have_a_closed_form() {
        for (Process p : List.of(Systems.cld(), Systems.paced(), Systems.shared())) {
            assertThat(p.transition().isNumeric()).as(p.name()).isFalse();
        }
    }

    @Test
    void without_a_clock_the_moments_are_numbers() {
        assertThat(Systems.turning().transition().isNumeric()).isTrue();
    }

    @Test
    void three_states_that_drive_each_other_in_order_have_a_closed_form() {
        Symbol y = Expr.symbol("y");
        Symbol z = Expr.symbol("z");
        Process p = Process.of(
                "Three",
                T,
                1e-5,
                1,
                List.of(X, y, z),
                List.of("w"),
                List.of(y, z, z.negate()),
                List.of(List.of(Expr.ZERO), List.of(Expr.ZERO), List.of(Expr.ONE)));
        assertThat(p.transition().isNumeric()).isFalse();
        assertThat(p.transition().shown().map().at(0, 2)).hasToString("t − 1 + exp(−t)");
    }
}
