package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.sdescript.process.Processes.T;
import static org.sdescript.process.Processes.X;
import static org.sdescript.process.Processes.process;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sdescript.algebra.Condition;
import org.sdescript.algebra.Definition;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Expansion;
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

    /** The derivatives by x are 0 away from the jump, as those of a constant are. */
    @Test
    void what_jumps_or_bends_with_the_state_is_not_affine() {
        Expr sign = Expr.apply(Elementary.SIGN, X);
        Expr branch = Expr.choice(Condition.greater(Expr.ZERO, X), Expr.ONE, Expr.of(-1));
        Stream.of(
                        sign.negate(),
                        branch,
                        Expr.apply(Elementary.ABS, X),
                        Expr.apply(Elementary.MAX, X, Expr.ZERO),
                        Expr.apply(Elementary.MIN, X, T),
                        X.negate().plus(Expr.apply(Elementary.SIGN, X.minus(T))),
                        new Definition("pull", X, sign).at(X))
                .forEach(drift -> assertThat(
                                refused(process("Kinked", drift, Expr.ONE)).code())
                        .isEqualTo("E0601"));
        assertThat(refused(process(
                                "Noisy",
                                X.negate(),
                                Expr.choice(Condition.greater(X, Expr.ZERO), Expr.ONE, Expr.of(2))))
                        .code())
                .isEqualTo("E0601");
        assertThat(process(
                                "OfTime",
                                Expr.apply(Elementary.SIGN, T.minus(Expr.HALF)).times(X),
                                Expr.ONE)
                        .transition())
                .isNotNull();
    }

    @Test
    void noise_of_negative_variance_is_found_with_its_first_time() {
        Expr angle = Expr.of(3).times(T);
        Process fading = Process.ofTransition("Fading", T, 1e-5, 1, X, Expr.ONE, Expr.sin(angle));
        // sin(3 t) falls from π/6 on
        assertThat(fault(fading)).contains("E0671: the noise of Fading has a negative variance from t = 0.523599 on");
        assertThat(fault(process("Late", Expr.ZERO, Expr.sqrt(T.minus(Expr.of(2))))))
                .contains("E0671");
        // negative between 0.4999 and 0.5001 only
        Expr dip = T.minus(Expr.HALF).pow(2).minus(Expr.of(1e-8));
        assertThat(fault(process("Dip", Expr.ZERO, Expr.sqrt(dip))))
                .contains("E0671")
                .contains("t = 0.4999");
        assertThat(fault(process("Pole", X.over(T.minus(Expr.HALF)), Expr.ONE)))
                .contains("E0671")
                .contains("t = 0.5");
        assertThat(fault(process("Log", Expr.log(T.minus(Expr.HALF)), Expr.ONE)))
                .contains("E0671");
    }

    @Test
    void a_signal_that_crosses_zero_is_found_and_one_that_ends_there_is_not() {
        Process crossing = Process.ofTransition(
                "Crossing", T, 1e-5, 1, X, Expr.ONE.minus(Expr.of(2).times(T)), T);
        assertThat(fault(crossing)).contains("E0672").contains("t = 0.5");
        assertThat(fault(Process.ofTransition("Straight", T, 0, 1, X, Expr.ONE.minus(T), T)))
                .isEmpty();
    }

    @Test
    void what_touches_zero_or_ceases_at_an_end_is_a_process() {
        Expr touching = T.minus(Expr.HALF).pow(2);
        assertThat(fault(process("Touching", Expr.ZERO, Expr.sqrt(Expansion.of(touching)))))
                .isEmpty();
        assertThat(fault(process("Bridge", X.over(T.minus(Expr.ONE)), Expr.ONE)))
                .isEmpty();
        assertThat(fault(process("Root", X.negate(), Expr.sqrt(X)))).isEmpty();
        Stream.of(
                        Processes.vp(),
                        Processes.subVp(),
                        Processes.ve(),
                        Processes.cosine(),
                        Systems.cld(),
                        Systems.turning())
                .forEach(p -> assertThat(fault(p)).isEmpty());
    }

    /** β(5/10)/10 = (0.1 + 19.9/2)/10 = 1.005. */
    @Test
    void a_chain_of_too_few_steps_names_the_step_and_beta() {
        Expr beta = Processes.BETA.at(T).times(Chain.STEP);
        Chain chain = new Chain(
                Chain.INDEX,
                T,
                1,
                10,
                List.of(X),
                List.of(Expr.sqrt(Expr.ONE.minus(beta)).times(X)),
                List.of(Expr.sqrt(beta)));
        assertThat(fault(chain.limit("DDPM", 1e-5, 1)))
                .contains("E0673: step 5 of the 10 steps of DDPM has no value: √(1 − β(i/N)/N), taken of −0.005");
        Chain enough = new Chain(chain.index(), T, 1, 100, List.of(X), chain.mean(), chain.spread());
        assertThat(fault(enough.limit("DDPM", 1e-5, 1))).isEmpty();
    }

    @Test
    void a_strength_of_noise_has_a_value_at_all_times() {
        assertThat(Admissibility.faultOfStrength(Processes.vp(), Expr.sqrt(T.minus(Expr.HALF))))
                .isPresent();
        assertThat(Admissibility.faultOfStrength(Processes.vp(), Expr.sqrt(T))).isEmpty();
    }

    private static String fault(Process p) {
        return Admissibility.fault(p)
                .map(d -> d.code() + ": " + d.message() + d.notes())
                .orElse("");
    }

    private static Diagnostic refused(Process p) {
        return catchThrowableOfType(SdeError.class, p::transition).diagnostics().getFirst();
    }
}
