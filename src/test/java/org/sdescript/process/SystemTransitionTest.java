package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.sdescript.process.Processes.T;
import static org.sdescript.process.Processes.X;
import static org.sdescript.process.Systems.V;
import static org.sdescript.process.Systems.cld;
import static org.sdescript.process.Systems.paced;
import static org.sdescript.process.Systems.turning;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;

/** Mean map and covariance of systems: against closed forms derived by hand, and against an integrator of another kind. */
class SystemTransitionTest {
    private static final double[] TIMES = {1e-5, 1e-4, 1e-3, 0.01, 0.1, 0.3, 0.7, 1};

    /** 1 − exp(−z)(1 + z + z²/2), without cancellation: the lower incomplete gamma function P(3, z). */
    private static double gammaOfThree(double z) {
        if (z > 0.5) {
            return 1 - Math.exp(-z) * (1 + z + z * z / 2);
        }
        double term = z * z * z / 6;
        double total = 0;
        for (int k = 1; k < 40; k++) {
            total += term;
            term *= z / (3 + k);
        }
        return Math.exp(-z) * total;
    }

    @Test
    void the_mean_map_of_cld_is_the_one_derived_by_hand() {
        entry(cld(), 0, t -> Math.exp(-8 * t) * (1 + 8 * t));
        entry(cld(), 1, t -> 16 * t * Math.exp(-8 * t));
        entry(cld(), 2, t -> -4 * t * Math.exp(-8 * t));
        entry(cld(), 3, t -> Math.exp(-8 * t) * (1 - 8 * t));
    }

    /** Σ₁₁ = P(3, 16t), Σ₁₂ = 64 t² exp(−16t), and Σ₂₂ from d/dt Σ₁₂ = 16 Σ₂₂ − 4 Σ₁₁ − 16 Σ₁₂. */
    @Test
    void the_covariance_of_cld_is_the_one_derived_by_hand() {
        covariance(cld(), 0, t -> gammaOfThree(16 * t));
        covariance(cld(), 1, t -> 64 * t * t * Math.exp(-16 * t));
        covariance(cld(), 3, t -> {
            double decay = Math.exp(-16 * t);
            double slope = 128 * t * decay * (1 - 8 * t);
            return (slope + 4 * gammaOfThree(16 * t) + 16 * 64 * t * t * decay) / 16;
        });
    }

    private static void entry(Process p, int place, DoubleUnaryOperator truth) {
        same(p.transition().computed().map().at(place / 2, place % 2), truth);
    }

    private static void covariance(Process p, int place, DoubleUnaryOperator truth) {
        same(p.transition().computed().covariance().at(place / 2, place % 2), truth);
    }

    private static void same(Expr computed, DoubleUnaryOperator truth) {
        Evaluation value = Evaluation.of(computed, T);
        for (double t : TIMES) {
            double expected = truth.applyAsDouble(t);
            assertThat(value.at(t)).as("t = " + t).isCloseTo(expected, within(1e-12 * Math.abs(expected)));
        }
    }

    @Test
    void what_is_shown_of_cld_is_closed_and_agrees_with_what_is_computed() {
        Transition transition = cld().transition();
        assertThat(transition.isNumeric()).isFalse();
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                Evaluation shown = Evaluation.of(transition.shown().covariance().at(i, j), T);
                Evaluation computed =
                        Evaluation.of(transition.computed().covariance().at(i, j), T);
                // closed forms cancel to about 1e-16 absolute
                assertThat(shown.at(0.4)).isCloseTo(computed.at(0.4), within(1e-14));
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> moments_agree_with_a_runge_kutta_integrator() {
        return Stream.of(cld(), turning(), paced()).map(p -> DynamicTest.dynamicTest(p.name(), () -> agrees(p)));
    }

    /** To 1e-10 relative, which the integrator is asked to better by a factor of 1000. */
    private static void agrees(Process p) {
        Transition transition = p.transition();
        double[] start = new double[10];
        start[0] = 1;
        start[3] = 1;
        for (double t : new double[] {0.01, 0.3, 1}) {
            double[] y = new DormandPrince853Integrator(1e-12, 1, 1e-25, 1e-13)
                    .integrate(new MomentEquations(p), new ODEState(0, start), t)
                    .getPrimaryState();
            for (int k = 0; k < 4; k++) {
                close(transition.computed().map().at(k / 2, k % 2), t, y[k]);
                close(transition.computed().covariance().at(k / 2, k % 2), t, y[6 + k]);
            }
            close(transition.computed().offset().get(0), t, y[4]);
            close(transition.computed().offset().get(1), t, y[5]);
        }
    }

    private static void close(Expr computed, double t, double expected) {
        assertThat(Evaluation.of(computed, T).at(t))
                .as("t = " + t)
                .isCloseTo(expected, within(1e-10 * Math.abs(expected) + 1e-24));
    }

    /** Φ′ = AΦ, m′ = Am + c, Σ′ = AΣ + ΣAᵀ + GGᵀ, from the drift and diffusion themselves. */
    private static final class MomentEquations implements OrdinaryDifferentialEquation {
        private final List<Evaluation> drift;
        private final List<List<Evaluation>> diffusion;

        MomentEquations(Process p) {
            drift = p.drift().stream().map(f -> Evaluation.of(f, X, V, T)).toList();
            diffusion = p.diffusion().stream()
                    .map(row -> row.stream().map(g -> Evaluation.of(g, T)).toList())
                    .toList();
        }

        @Override
        public int getDimension() {
            return 10;
        }

        @Override
        public double[] computeDerivatives(double t, double[] y) {
            double[] c = {drift.get(0).at(0, 0, t), drift.get(1).at(0, 0, t)};
            double[][] a = new double[2][2];
            for (int i = 0; i < 2; i++) {
                a[i][0] = drift.get(i).at(1, 0, t) - c[i];
                a[i][1] = drift.get(i).at(0, 1, t) - c[i];
            }
            double[] slope = new double[10];
            for (int i = 0; i < 2; i++) {
                slope[4 + i] = c[i] + a[i][0] * y[4] + a[i][1] * y[5];
                for (int j = 0; j < 2; j++) {
                    slope[2 * i + j] = a[i][0] * y[j] + a[i][1] * y[2 + j];
                    double rate = 0;
                    for (int k = 0; k < diffusion.get(0).size(); k++) {
                        rate += diffusion.get(i).get(k).at(t)
                                * diffusion.get(j).get(k).at(t);
                    }
                    slope[6 + 2 * i + j] = rate
                            + a[i][0] * y[6 + j]
                            + a[i][1] * y[8 + j]
                            + a[j][0] * y[6 + 2 * i]
                            + a[j][1] * y[7 + 2 * i];
                }
            }
            return slope;
        }
    }

    @TestFactory
    Stream<DynamicTest> steps_compose_to_the_transition() {
        return Stream.of(cld(), turning(), paced())
                .map(p -> DynamicTest.dynamicTest(p.name(), () -> composes(p.transition())));
    }

    /** Φ(t) = A Φ(s) and Σ(t) = A Σ(s) Aᵀ + V; Φ has entries of 1, so 1e-12 is a few thousand roundings. */
    private static void composes(Transition transition) {
        Symbol s = Expr.symbol("s");
        Moments step = transition.between(s, T).moments();
        double[][] a = values(step.map(), s, 0.3, 0.6);
        double[][] v = values(step.covariance(), s, 0.3, 0.6);
        double[][] early = values(transition.computed().covariance(), s, 0, 0.3);
        double[][] late = values(transition.computed().covariance(), s, 0, 0.6);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                double composed = v[i][j];
                for (int k = 0; k < 2; k++) {
                    for (int l = 0; l < 2; l++) {
                        composed += a[i][k] * early[k][l] * a[j][l];
                    }
                }
                assertThat(composed).isCloseTo(late[i][j], within(1e-12));
            }
        }
    }

    private static double[][] values(Matrix matrix, Symbol s, double from, double to) {
        return matrix.rows().stream()
                .map(row -> row.stream()
                        .mapToDouble(e -> Evaluation.ofStable(e, s, T).at(from, to))
                        .toArray())
                .toArray(double[][]::new);
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

    @Test
    void a_kink_in_a_coefficient_is_found() {
        Expr noise = Expr.apply(org.sdescript.algebra.Elementary.MAX, Expr.of(0.25), T);
        Process p = Processes.process("Kink", Expr.sin(T.pow(2)).negate().times(X), noise);
        Transition transition = p.transition();
        assertThat(transition.isNumeric()).isTrue();
        double[] y = new DormandPrince853Integrator(1e-13, 1e-3, 1e-25, 1e-13)
                .integrate(
                        new OrdinaryDifferentialEquation() {
                            @Override
                            public int getDimension() {
                                return 1;
                            }

                            @Override
                            public double[] computeDerivatives(double t, double[] v) {
                                double g = Math.max(0.25, t);
                                return new double[] {-2 * Math.sin(t * t) * v[0] + g * g};
                            }
                        },
                        new ODEState(0, new double[] {0}),
                        0.9)
                .getPrimaryState();
        assertThat(Evaluation.of(transition.variance(), T).at(0.9)).isCloseTo(y[0], within(1e-10 * y[0]));
    }
}
