package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.sdescript.algebra.Generated.T;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sdescript.interrupt.Interruption;
import org.sdescript.interrupt.StopRequest;

class IntervalIntegralTest {
    private static final Expr TWO = Expr.of(2);
    private static final double END = 7;

    /** In each antiderivative, a tangent of half the angle jumps several times before {@link #END}. */
    @Test
    void antiderivatives_of_waves_below_strokes_have_no_steps() {
        Expr angle = T.times(Expr.of(5)).plus(Expr.ONE);
        for (Expr integrand : List.of(
                Expr.ONE.over(TWO.plus(Expr.cos(T.times(Expr.of(4))))),
                Expr.ONE.over(Expr.of(3).plus(Expr.sin(angle).times(TWO))),
                Expr.ONE.over(Expr.sin(angle).minus(Expr.of(3))),
                Expr.ONE.over(TWO.plus(Expr.cos(T)).pow(2)),
                Expr.of(3).plus(Expr.sin(angle)).over(TWO.plus(Expr.cos(angle))),
                Expr.ONE.over(Expr.of(3).plus(Expr.cos(T)).plus(Expr.sin(T))))) {
            Expr integral = found(integrand);
            Evaluation value = Evaluation.of(integral, T);
            for (double t : new double[] {0.3, 1.9, 4.4, END}) {
                double exact =
                        Quadrature.of(Evaluation.of(integrand, T)::at, 0, t).orElseThrow();
                // the quadrature's tolerance of 1e-12, for the whole and for each halved interval
                assertThat(value.at(t)).as("%s at %s", integral, t).isCloseTo(exact, within(1e-10 * Math.abs(exact)));
            }
        }
    }

    private static Expr found(Expr integrand) {
        return IntervalIntegral.of(integrand, T, Expr.ZERO, END).orElseThrow();
    }

    @Test
    void an_antiderivative_with_a_step_in_the_interval_does_not_count() {
        Expr up = Expr.exp(T.minus(Expr.ONE).pow(-1));
        Expr integrand =
                up.over(T.minus(Expr.ONE).pow(2).times(Expr.ONE.plus(up).pow(2)));
        assertThat(Integral.of(integrand, T)).isPresent();
        assertThat(IntervalIntegral.of(integrand, T, Expr.ZERO, 0.9)).isPresent();
        assertThat(IntervalIntegral.of(integrand, T, Expr.ZERO, 2)).isEmpty();
        IntervalIntegral.Found found =
                IntervalIntegral.everywhere(integrand, T, Assumptions.NONE).orElseThrow();
        assertThat(found.step().orElseThrow()).isCloseTo(1, within(1e-6));
    }

    @Test
    void an_interval_with_a_pole_inside_has_no_integral() {
        Expr pole = T.minus(Expr.ONE).pow(-1);
        assertThat(IntervalIntegral.of(pole, T, Expr.ZERO, 0.9)).isPresent();
        assertThat(IntervalIntegral.of(pole, T, Expr.ZERO, 1)).isPresent();
        assertThat(IntervalIntegral.of(pole, T, Expr.ZERO, 2)).isEmpty();
        assertThat(IntervalIntegral.of(pole.pow(2), T, Expr.ZERO, 2)).isEmpty();
        assertThat(IntervalIntegral.of(T.pow(-1), T, Expr.ZERO, 2)).isEmpty();
    }

    @Test
    void a_lower_limit_without_a_value_is_taken_as_a_limit() {
        Optional<Expr> log = IntervalIntegral.of(Expr.log(T), T, Expr.ZERO, 2);
        assertThat(log).hasToString("Optional[t log(t) − t]");
        assertThat(IntervalIntegral.of(T.times(Expr.log(T).pow(2)), T, Expr.ZERO, 2))
                .isPresent();
        assertThat(IntervalIntegral.of(Expr.power(T, Expr.ratio(-1, 2)), T, Expr.ZERO, 2))
                .isPresent();
    }

    @Test
    void kinks_do_not_keep_a_quadrature_from_settling() {
        assertThat(Quadrature.of(t -> Math.max(t, 0), -1, 2).orElseThrow()).isCloseTo(2, within(1e-12));
        assertThat(Quadrature.of(t -> Math.max(t - 0.3, 0), 0, 1).orElseThrow()).isCloseTo(0.245, within(1e-12));
        assertThat(Quadrature.of(t -> t < 0.7 ? 0 : 1, 0, 1).orElseThrow()).isCloseTo(0.3, within(1e-11));
        assertThat(Quadrature.of(t -> 1 / t, 0, 1)).isEmpty();
        assertThat(Quadrature.of(t -> 1 / (t - 0.3), 0, 1)).isEmpty();
    }

    @Test
    void a_search_is_bounded_by_its_work_and_stops_when_asked() {
        Expr hopeless =
                Expr.exp(Expr.sin(T).times(Expr.sqrt(T))).over(Expr.log(T.pow(3).plus(Expr.cos(T))));
        assertThatThrownBy(() -> DerivationBudget.within(
                        100, () -> Expansion.of(T.plus(TWO).pow(12))))
                .isInstanceOf(TooLarge.class);
        assertThat(DerivationBudget.within(
                        100_000, () -> Expansion.of(T.plus(TWO).pow(2))))
                .isNotNull();
        StopRequest asked = new StopRequest();
        asked.make();
        assertThatThrownBy(() -> StopRequest.during(asked, () -> Integral.of(hopeless, T)))
                .isInstanceOf(Interruption.class);
    }
}
