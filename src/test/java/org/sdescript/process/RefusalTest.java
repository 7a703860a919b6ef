package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.sdescript.process.Processes.T;
import static org.sdescript.process.Processes.X;
import static org.sdescript.process.Processes.process;

import org.junit.jupiter.api.Test;
import org.sdescript.algebra.Expr;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

class RefusalTest {
    @Test
    void a_nonlinear_process_names_what_needs_no_transition() {
        Diagnostic refusal = refused(process("DoubleWell", X.minus(X.pow(3)), Expr.ONE));
        assertThat(refusal.code()).isEqualTo("E0601");
        assertThat(refusal.help().orElseThrow()).contains("implicit()", "sliced()", "euler_maruyama");
    }

    @Test
    void multiplicative_noise_has_no_gaussian_transition() {
        assertThat(refused(process("GeometricBrownian", X, X)).code()).isEqualTo("E0601");
    }

    @Test
    void integrals_that_do_not_close_are_named() {
        Expr wild = Expr.exp(Expr.sin(T.pow(2)));
        assertThat(refused(process("wild", wild.times(X), Expr.ONE)).code()).isEqualTo("E0602");
    }

    @Test
    void a_transition_that_cannot_start_at_zero_says_where_it_starts() {
        Transition late = process("bridge", X.over(T).negate(), Expr.ONE).transition();
        assertThat(late.startsLate()).isTrue();
        assertThat(late.toString()).startsWith("x(t) | x(0.00001) ~ N( 0.00001/t x(0.00001), ");
    }

    private static Diagnostic refused(Process p) {
        return catchThrowableOfType(SdeError.class, p::transition).diagnostics().getFirst();
    }
}
