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
    void integrals_that_do_not_close_are_done_by_numbers_and_say_so() {
        Expr wild = Expr.exp(Expr.sin(T.pow(2)));
        Transition numeric = process("wild", wild.times(X), Expr.ONE).transition();
        assertThat(numeric.isNumeric()).isTrue();
        assertThat(numeric).hasToString("""
                x(t) | x(0) ~ N( Φ(t) x(0), Σ(t) )
                no closed form was found of Φ, Σ: computed numerically, to 1e-10 relative""");
    }

    @Test
    void a_coefficient_that_grows_without_bound_is_named() {
        Expr pole = Expr.cos(Expr.of(2).times(T)).pow(-2).times(Expr.sin(T.pow(2)));
        assertThat(refused(process("pole", pole.times(X), Expr.ONE)).code()).isEqualTo("E0602");
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
