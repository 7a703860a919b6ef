package org.sdescript.process;

import static java.lang.Math.PI;
import static java.lang.Math.cos;
import static java.lang.Math.exp;
import static java.lang.Math.expm1;
import static java.lang.Math.log;
import static java.lang.Math.pow;
import static java.lang.Math.sin;
import static java.lang.Math.sqrt;
import static java.lang.Math.tan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.sdescript.process.Processes.T;
import static org.sdescript.process.Processes.X;

import java.util.function.DoubleUnaryOperator;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.ODEStateAndDerivative;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.junit.jupiter.api.Test;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;

/** Derived coefficients against closed forms written by hand, and against an ODE solver. */
class TransitionValuesTest {
    private static final double[] TIMES = {1e-5, 1.7e-5, 1e-4, 1e-3, 0.01, 0.1, 0.3, 0.5, 0.77, 0.9, 0.999};

    private static double beta(double t) {
        return 0.1 + 19.9 * t;
    }

    private static double area(double t) {
        return 0.1 * t + 9.95 * t * t;
    }

    @Test
    void vp_is_right_to_the_last_digits() {
        check(
                Processes.vp(),
                t -> -0.5 * beta(t),
                t -> sqrt(beta(t)),
                t -> exp(-area(t) / 2),
                t -> sqrt(-expm1(-area(t))));
    }

    @Test
    void sub_vp_is_right_to_the_last_digits() {
        check(
                Processes.subVp(),
                t -> -0.5 * beta(t),
                t -> sqrt(beta(t) * -expm1(-2 * area(t))),
                t -> exp(-area(t) / 2),
                t -> -expm1(-area(t)));
    }

    @Test
    void ve_is_right_to_the_last_digits() {
        check(
                Processes.ve(),
                t -> 0,
                t -> 0.01 * pow(5000, t) * sqrt(2 * log(5000)),
                t -> 1,
                t -> 0.01 * sqrt(expm1(2 * t * log(5000))));
    }

    @Test
    void ornstein_uhlenbeck_is_right_to_the_last_digits() {
        check(Processes.ornsteinUhlenbeck(), t -> -2, t -> 0.5, t -> exp(-2 * t), t -> sqrt(-0.0625 * expm1(-4 * t)));
        Evaluation offset =
                Evaluation.of(Processes.ornsteinUhlenbeck().transition().offset(), T);
        for (double t : TIMES) {
            same(offset.at(t), -1.5 * expm1(-2 * t));
        }
    }

    @Test
    void cosine_vp_is_right_to_the_last_digits() {
        check(
                Processes.cosine(),
                t -> -PI / 2 * tan(PI / 2 * t),
                t -> sqrt(PI * tan(PI / 2 * t)),
                t -> cos(PI / 2 * t),
                t -> sin(PI / 2 * t));
    }

    @Test
    void cosine_vp_is_found_again_from_its_ito_form() {
        Process stated = Processes.cosine();
        Process written = Processes.process(
                "cosine",
                stated.drift().getFirst(),
                stated.diffusion().getFirst().getFirst());
        assertThat(written.transition()).hasToString(stated.transition().toString());
    }

    @Test
    void steps_of_vp_keep_their_digits_for_close_times() {
        Symbol s = Expr.symbol("s");
        Evaluation v =
                Evaluation.ofStable(Processes.vp().transition().between(s, T).variance(), s, T);
        for (double from : new double[] {1e-5, 0.1, 0.5, 0.9}) {
            for (double h : new double[] {1e-6, 1e-4, 0.05}) {
                double to = from + h;
                double exact = to - from;
                same(v.at(from, to), -expm1(-exact * (0.1 + 9.95 * (from + to))));
            }
        }
    }

    private static void check(
            Process p,
            DoubleUnaryOperator slope,
            DoubleUnaryOperator diffusion,
            DoubleUnaryOperator meanCoefficient,
            DoubleUnaryOperator std) {
        Evaluation drift = Evaluation.of(Derivative.of(p.drift().getFirst(), X), T);
        Evaluation noise = Evaluation.of(p.diffusion().getFirst().getFirst(), T);
        Transition transition = p.transition();
        Evaluation phi = transition.meanCoefficientAt();
        Evaluation deviation = transition.stdAt();
        Evaluation logSnr = Evaluation.of(transition.logSnr(), T);
        for (double t : TIMES) {
            same(drift.at(t), slope.applyAsDouble(t));
            same(noise.at(t), diffusion.applyAsDouble(t));
            same(phi.at(t), meanCoefficient.applyAsDouble(t));
            same(deviation.at(t), std.applyAsDouble(t));
            double ratio = meanCoefficient.applyAsDouble(t) / std.applyAsDouble(t);
            assertThat(logSnr.at(t)).isCloseTo(2 * log(ratio), within(1e-12 * Math.max(1, Math.abs(2 * log(ratio)))));
        }
        momentsFollowTheEquation(p, drift, noise);
        stepsComposeToTheTransition(transition);
    }

    /** 1e-12 relative. */
    private static void same(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(1e-12 * Math.abs(expected)));
    }

    /** Mean and variance by a Dormand-Prince solver at 1e-12; its own error is what the tolerance of 1e-9 allows for. */
    private static void momentsFollowTheEquation(Process p, Evaluation slope, Evaluation noise) {
        Evaluation constant = Evaluation.of(p.drift().getFirst().with(X, Expr.ZERO), T);
        OrdinaryDifferentialEquation moments = new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return 2;
            }

            @Override
            public double[] computeDerivatives(double t, double[] y) {
                double g = noise.at(t);
                return new double[] {slope.at(t) * y[0] + constant.at(t), 2 * slope.at(t) * y[1] + g * g};
            }
        };
        Transition transition = p.transition();
        Evaluation mean =
                Evaluation.of(transition.meanCoefficient().times(Expr.of(3)).plus(transition.offset()), T);
        Evaluation variance = Evaluation.of(transition.variance(), T);
        double start = 0.05;
        double end = 0.9;
        ODEStateAndDerivative reached = new DormandPrince853Integrator(1e-9, 0.1, 1e-13, 1e-12)
                .integrate(moments, new ODEState(start, new double[] {mean.at(start), variance.at(start)}), end);
        assertThat(reached.getPrimaryState()[0]).isCloseTo(mean.at(end), within(1e-9 * Math.abs(mean.at(end))));
        assertThat(reached.getPrimaryState()[1]).isCloseTo(variance.at(end), within(1e-9 * variance.at(end)));
    }

    /** Chapman-Kolmogorov, and v(t|s) ≈ g² (t − s) for close times, where a naive difference would cancel. */
    private static void stepsComposeToTheTransition(Transition transition) {
        Symbol s = Expr.symbol("s");
        Step step = transition.between(s, T);
        Evaluation a = Evaluation.ofStable(step.coefficient(), s, T);
        Evaluation v = Evaluation.ofStable(step.variance(), s, T);
        Evaluation phi = transition.meanCoefficientAt();
        Evaluation variance = Evaluation.of(transition.variance(), T);
        for (double from : new double[] {0.1, 0.4, 0.7}) {
            double to = from + 0.2;
            assertThat(a.at(from, to)).isCloseTo(phi.at(to) / phi.at(from), within(1e-12));
            double whole = v.at(from, to) + pow(a.at(from, to), 2) * variance.at(from);
            assertThat(whole).isCloseTo(variance.at(to), within(1e-12 * variance.at(to)));
            // two short steps of 1e-4 make one of 2e-4
            double middle = from + 1e-4;
            double far = middle + 1e-4;
            double composed = v.at(middle, far) + pow(a.at(middle, far), 2) * v.at(from, middle);
            assertThat(composed).isCloseTo(v.at(from, far), within(1e-10 * v.at(from, far)));
        }
    }
}
