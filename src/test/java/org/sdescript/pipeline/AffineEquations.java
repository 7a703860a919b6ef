package org.sdescript.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.process.Process;

/**
 * The moment equations of an affine process from its drift f and diffusion G, without algebra: Φ′ = AΦ, m′ = Am + c, Σ′
 * = AΣ + ΣAᵀ + GGᵀ, with A and c read from values of f.
 */
final class AffineEquations implements OrdinaryDifferentialEquation {
    private final int n;
    private final List<Evaluation> drift;
    private final List<List<Evaluation>> diffusion;

    AffineEquations(Process p) {
        n = p.states().size();
        List<Symbol> symbols = new ArrayList<>(p.states());
        symbols.add(p.time());
        drift = p.drift().stream()
                .map(f -> Evaluation.of(f, symbols.toArray(Symbol[]::new)))
                .toList();
        diffusion = p.diffusion().stream()
                .map(row -> row.stream().map(g -> Evaluation.of(g, p.time())).toList())
                .toList();
    }

    private double[] drift(double[] x, double t) {
        double[] point = Arrays.copyOf(x, n + 1);
        point[n] = t;
        return drift.stream().mapToDouble(f -> f.at(point)).toArray();
    }

    private RealVector constant(double t) {
        return MatrixUtils.createRealVector(drift(new double[n], t));
    }

    private RealMatrix slope(double t) {
        RealMatrix slope = MatrixUtils.createRealMatrix(n, n);
        for (int j = 0; j < n; j++) {
            double[] unit = new double[n];
            unit[j] = 1;
            slope.setColumnVector(
                    j, MatrixUtils.createRealVector(drift(unit, t)).subtract(constant(t)));
        }
        return slope;
    }

    private RealMatrix noise(double t) {
        return MatrixUtils.createRealMatrix(diffusion.stream()
                .map(row -> row.stream().mapToDouble(g -> g.at(t)).toArray())
                .toArray(double[][]::new));
    }

    @Override
    public int getDimension() {
        return n * (2 * n + 1);
    }

    @Override
    public double[] computeDerivatives(double t, double[] y) {
        AffineLaw law = AffineLaw.unpacked(y, n);
        RealMatrix a = slope(t);
        RealMatrix drifted = a.multiply(law.covariance());
        return new AffineLaw(
                        a.multiply(law.map()),
                        a.operate(law.offset()).add(constant(t)),
                        drifted.add(drifted.transpose()).add(noise(t).multiplyTransposed(noise(t))))
                .packed();
    }

    /**
     * Solves the moment equations by a Runge-Kutta method of order 8 with an error per step below 1e-13 of every entry.
     */
    AffineLaw solved(AffineLaw start, double from, double to) {
        return AffineLaw.unpacked(
                new DormandPrince853Integrator(1e-14 * to, to - from, 1e-25, 1e-13)
                        .integrate(this, new ODEState(from, start.packed()), to)
                        .getPrimaryState(),
                n);
    }

    /** The exact law of the Euler-Maruyama method: each step is x ↦ (1 + hA) x + hc with noise of covariance h GGᵀ. */
    AffineLaw stepped(double from, double to, int steps) {
        double h = (to - from) / steps;
        AffineLaw law = AffineLaw.identity(n);
        for (int k = 0; k < steps; k++) {
            double t = from + k * h;
            RealMatrix g = noise(t);
            law = new AffineLaw(
                            MatrixUtils.createRealIdentityMatrix(n).add(slope(t).scalarMultiply(h)),
                            constant(t).mapMultiply(h),
                            g.multiplyTransposed(g).scalarMultiply(h))
                    .after(law);
        }
        return law;
    }

    /** The end states of simulated Euler-Maruyama paths from x. */
    double[][] simulated(double[] x, double from, double to, int steps, int paths, RandomGenerator random) {
        double h = (to - from) / steps;
        double[][] ends = new double[paths][];
        Arrays.setAll(ends, k -> x.clone());
        for (int k = 0; k < steps; k++) {
            double t = from + k * h;
            double[][] g = noise(t).scalarMultiply(Math.sqrt(h)).getData();
            for (double[] state : ends) {
                double[] f = drift(state, t);
                for (int j = 0; j < g[0].length; j++) {
                    double dw = random.nextGaussian();
                    for (int i = 0; i < n; i++) {
                        state[i] += g[i][j] * dw;
                    }
                }
                for (int i = 0; i < n; i++) {
                    state[i] += h * f[i];
                }
            }
        }
        return ends;
    }
}
