package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.sdescript.process.Processes.T;
import static org.sdescript.process.Processes.X;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sdescript.algebra.Equality;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.diagnostic.SdeError;

/** Changes of variable and of time, checked on the moments: Φ and v of the new process from those of the old. */
class ChangeOfVariablesTest {

    @Test
    void vp_without_its_scale_has_the_form_of_ve() {
        Process ve = ChangeOfVariables.unscaled(Processes.vp());
        assertThat(Equality.proved(ve.transition().meanCoefficient(), Expr.ONE)).isTrue();
        assertThat(ve.transition()).hasToString("x(t) | x(0) ~ N( x(0), exp(9.95 t² + 0.1 t) − 1 )");
    }

    @Test
    void rescaling_back_gives_the_process() {
        Expr s = Expr.exp(T.negate()).plus(Expr.of(2));
        Process there = ChangeOfVariables.rescaled(Processes.ornsteinUhlenbeck(), s);
        Process back = ChangeOfVariables.rescaled(there, s.pow(-1));
        Process ou = Processes.ornsteinUhlenbeck();
        assertThat(Equality.probably(back.drift().getFirst(), ou.drift().getFirst()))
                .isTrue();
        assertThat(Equality.probably(
                        back.diffusion().getFirst().getFirst(),
                        ou.diffusion().getFirst().getFirst()))
                .isTrue();
    }

    @Test
    void scaled_moments_are_the_scale_times_the_moments() {
        Expr s = T.plus(Expr.of(3));
        Transition plain = Processes.vp().transition();
        Transition scaled = ChangeOfVariables.rescaled(Processes.vp(), s).transition();
        for (double t : new double[] {0.01, 0.4, 1}) {
            // x(0) is also scaled, by s(0) = 3
            assertThat(at(scaled.meanCoefficient(), t))
                    .isCloseTo((t + 3) / 3 * at(plain.meanCoefficient(), t), within(1e-10));
            assertThat(at(scaled.variance(), t)).isCloseTo((t + 3) * (t + 3) * at(plain.variance(), t), within(1e-9));
        }
    }

    @Test
    void another_clock_reads_the_same_moments_at_other_times() {
        Process slow = ChangeOfVariables.retimed(Processes.vp(), T.pow(2));
        assertThat(slow.tMin()).isCloseTo(Math.sqrt(1e-5), within(1e-12));
        assertThat(slow.tMax()).isEqualTo(1);
        for (double t : new double[] {0.1, 0.5, 1}) {
            assertThat(at(slow.transition().variance(), t))
                    .isCloseTo(at(Processes.vp().transition().variance(), t * t), within(1e-12));
        }
    }

    @Test
    void a_stated_transition_goes_along() {
        Process karras = Process.ofTransition("Karras", T, 0.002, 80, X, Expr.ONE, T);
        Expr s = Expr.power(T.pow(2).plus(Expr.ONE), Expr.ratio(-1, 2));
        assertThat(ChangeOfVariables.rescaled(karras, s).transition())
                .hasToString("x(t) | x(0) ~ N( 1/√(t² + 1) x(0), t²/(t² + 1) )");
    }

    /** x(0) has a stated law only on a clock that also starts at 0. */
    @Test
    void a_stated_start_goes_along_with_a_clock_that_starts_at_zero() {
        Map<Expr.Symbol, InitialLaw> starts = Map.of(X, new InitialLaw(0, 2));
        Process moving = Processes.vp().with(Process.Stated.NOTHING.from(starts));

        assertThat(ChangeOfVariables.retimed(moving, T.pow(2)).stated().starts())
                .isEqualTo(starts);
        assertThat(ChangeOfVariables.retimed(moving, T.plus(Expr.HALF)).stated().starts())
                .isEmpty();
        assertThat(ChangeOfVariables.retimed(moving, Expr.log(T).plus(Expr.ONE))
                        .stated()
                        .starts())
                .isEmpty();
    }

    @Test
    void a_clock_that_runs_backwards_is_refused() {
        assertThat(catchThrowableOfType(
                        SdeError.class, () -> ChangeOfVariables.retimed(Processes.vp(), Expr.ONE.minus(T))))
                .hasMessageContaining("must run forward");
    }

    /**
     * t + sin(128π t)/(64π) rises by 1/64 from each of the 64 times that a clock is read at to the next, and falls
     * between them.
     */
    @Test
    void a_clock_that_runs_back_for_a_moment_is_refused() {
        Expr wave = Expr.sin(Expr.PI.times(Expr.of(128)).times(T)).over(Expr.PI.times(Expr.of(64)));

        assertThat(catchThrowableOfType(SdeError.class, () -> ChangeOfVariables.retimed(Processes.vp(), T.plus(wave)))
                        .diagnostics()
                        .getFirst()
                        .notes())
                .singleElement()
                .asString()
                .startsWith("the clock runs backward at t = 0.005");
    }

    @Test
    void a_scale_that_vanishes_is_refused() {
        assertThat(catchThrowableOfType(
                        SdeError.class, () -> ChangeOfVariables.rescaled(Processes.vp(), T.minus(Expr.of(1)))))
                .hasMessageContaining("the scale is 0");
    }

    private static double at(Expr e, double t) {
        return Evaluation.of(e, T).at(t);
    }
}
