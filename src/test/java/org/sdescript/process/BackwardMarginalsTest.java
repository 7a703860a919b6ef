package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sdescript.process.Processes.T;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;

/**
 * Backwards from t_max: with the exact score of normal data, −S⁻¹(x − μ), each process of the family around the reverse
 * is affine. Its mean and covariance, integrated by a solver that is independent of transitions, must retrace those of
 * the forward process. Unlike an identity of formulas, this shows that λ has the same meaning in drift and noise.
 */
class BackwardMarginalsTest {
    private static final double END = 0.01;

    /**
     * The solver's tolerance is 1e-13 per step, with some hundred steps. An error in the covariance at t_max grows with
     * the marginal covariance itself, by at most 1e3 here (VP from t = 1 to data of variance 0.2, relative to that
     * variance).
     */
    private static final double TOLERANCE = 1e-8;

    private static final List<Expr> LAMBDAS = List.of(
            Expr.ZERO,
            Expr.HALF,
            Expr.ONE,
            Expr.of(1.5),
            Expr.ONE.minus(T),
            Expr.of(2).times(T));

    @TestFactory
    Stream<DynamicTest> the_family_leads_back_along_the_marginals() {
        return Stream.of(
                        Processes.vp(),
                        Processes.subVp(),
                        Processes.ve(),
                        Processes.ornsteinUhlenbeck(),
                        Systems.cld(),
                        Systems.shared(),
                        Systems.turning())
                .flatMap(p -> LAMBDAS.stream()
                        .map(lambda -> DynamicTest.dynamicTest(p.name() + ", λ = " + lambda, () -> assertThat(
                                        deviation(p, Reversal.reverse(p, lambda)))
                                .isLessThan(TOLERANCE))));
    }

    /** The test can fail: the noise of λ = 1 with the drift of λ = ½, as if ½(g² ± h²) were read as h. */
    @Test
    void a_wrong_share_of_the_score_does_not() {
        for (Process p : List.of(Processes.vp(), Systems.cld())) {
            Process half = Reversal.reverse(p, Expr.HALF);
            Process slip = half.with(half.drift(), p.noises(), p.diffusion(), true);
            assertThat(deviation(p, slip)).isGreaterThan(0.05);
        }
    }

    /**
     * Returns the final deviation of mean and covariance from the forward process, relative to the size of the
     * covariance.
     */
    private static double deviation(Process p, Process derived) {
        Marginals marginals = new Marginals(p);
        double[] reached = new DormandPrince853Integrator(1e-12, 0.1, 1e-15, 1e-13)
                .integrate(
                        new BackwardMoments(derived, marginals),
                        new ODEState(p.tMax(), marginals.packed(p.tMax())),
                        END)
                .getPrimaryState();
        double[] exact = marginals.packed(END);
        double size = marginals.covariance(END).getNorm1();
        double worst = 0;
        for (int i = 0; i < exact.length; i++) {
            worst = Math.max(worst, Math.abs(reached[i] - exact[i]) / size);
        }
        return worst;
    }

    /** Mean and covariance of the forward process at any time, for independent normal states at time 0. */
    private static final class Marginals {
        private static final double[] MEAN = {1.2, -0.5};
        private static final double[] VARIANCE = {0.2, 0.7};
        private final int n;
        private final List<List<Evaluation>> map;
        private final List<Evaluation> offset;
        private final List<List<Evaluation>> covariance;

        Marginals(Process p) {
            Moments moments = p.transition().computed();
            n = p.states().size();
            map = values(moments.map());
            covariance = values(moments.covariance());
            offset = moments.offset().stream().map(e -> Evaluation.of(e, T)).toList();
        }

        private static List<List<Evaluation>> values(Matrix matrix) {
            return matrix.rows().stream()
                    .map(row -> row.stream().map(e -> Evaluation.of(e, T)).toList())
                    .toList();
        }

        private RealMatrix at(List<List<Evaluation>> entries, double t) {
            RealMatrix matrix = MatrixUtils.createRealMatrix(n, n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    matrix.setEntry(i, j, entries.get(i).get(j).at(t));
                }
            }
            return matrix;
        }

        RealVector mean(double t) {
            RealVector start = MatrixUtils.createRealVector(MEAN).getSubVector(0, n);
            RealVector mean = at(map, t).operate(start);
            for (int i = 0; i < n; i++) {
                mean.addToEntry(i, offset.get(i).at(t));
            }
            return mean;
        }

        RealMatrix covariance(double t) {
            RealMatrix phi = at(map, t);
            double[] start = java.util.Arrays.copyOf(VARIANCE, n);
            return phi.multiply(MatrixUtils.createRealDiagonalMatrix(start))
                    .multiplyTransposed(phi)
                    .add(at(covariance, t));
        }

        double[] packed(double t) {
            double[] packed = new double[n + n * n];
            RealVector mean = mean(t);
            RealMatrix matrix = covariance(t);
            for (int i = 0; i < n; i++) {
                packed[i] = mean.getEntry(i);
                for (int j = 0; j < n; j++) {
                    packed[n + i * n + j] = matrix.getEntry(i, j);
                }
            }
            return packed;
        }
    }

    /**
     * μ′ = f(μ), S′ = AS + SAᵀ ∓ GGᵀ (− where the noise runs backwards); A and f are computed from values of the drift.
     */
    private static final class BackwardMoments implements OrdinaryDifferentialEquation {
        private final int n;
        private final Marginals marginals;
        private final List<Evaluation> drift;
        private final List<List<Evaluation>> rate;
        private final double sign;

        BackwardMoments(Process derived, Marginals marginals) {
            this.n = derived.states().size();
            this.marginals = marginals;
            List<Symbol> symbols = new ArrayList<>(derived.states());
            symbols.addAll(derived.scores());
            symbols.add(T);
            Symbol[] order = symbols.toArray(Symbol[]::new);
            drift = derived.drift().stream().map(f -> Evaluation.of(f, order)).toList();
            rate = Marginals.values(new Matrix(derived.covarianceRate()));
            sign = derived.reversed() ? -1 : 1;
        }

        @Override
        public int getDimension() {
            return n + n * n;
        }

        private RealVector drift(RealVector x, RealMatrix precision, double t) {
            RealVector score = precision.operate(marginals.mean(t).subtract(x));
            double[] values = x.append(score).append(t).toArray();
            return MatrixUtils.createRealVector(
                    drift.stream().mapToDouble(f -> f.at(values)).toArray());
        }

        @Override
        public double[] computeDerivatives(double t, double[] y) {
            RealMatrix precision = MatrixUtils.inverse(marginals.covariance(t));
            RealVector mean = MatrixUtils.createRealVector(y).getSubVector(0, n);
            RealMatrix s = MatrixUtils.createRealMatrix(n, n);
            RealMatrix slope = MatrixUtils.createRealMatrix(n, n);
            RealVector atMean = drift(mean, precision, t);
            for (int j = 0; j < n; j++) {
                RealVector moved = mean.copy();
                moved.addToEntry(j, 1);
                slope.setColumnVector(j, drift(moved, precision, t).subtract(atMean));
                for (int i = 0; i < n; i++) {
                    s.setEntry(i, j, y[n + i * n + j]);
                }
            }
            RealMatrix drifted = slope.multiply(s);
            RealMatrix change =
                    drifted.add(drifted.transpose()).add(marginals.at(rate, t).scalarMultiply(sign));
            double[] result = new double[n + n * n];
            for (int i = 0; i < n; i++) {
                result[i] = atMean.getEntry(i);
                for (int j = 0; j < n; j++) {
                    result[n + i * n + j] = change.getEntry(i, j);
                }
            }
            return result;
        }
    }
}
