package org.sdescript.pipeline;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/** dx = F x dt + G dw of constant coefficients, its moments by Runge-Kutta steps: what sde says of it has to agree. */
record LinearSystem(RealMatrix slope, RealMatrix rate) {
    private static final int STEPS = 400;

    /** Critically damped Langevin dynamics as stdlib writes it: β = 4, M = ¼, Γ = 1. */
    static LinearSystem cld() {
        return new LinearSystem(matrix(0, 16, -4, -16), matrix(0, 0, 0, 8));
    }

    static RealMatrix matrix(double a, double b, double c, double d) {
        return MatrixUtils.createRealMatrix(new double[][] {{a, b}, {c, d}});
    }

    static RealMatrix identity() {
        return MatrixUtils.createRealIdentityMatrix(2);
    }

    static RealVector vector(double... entries) {
        return MatrixUtils.createRealVector(entries);
    }

    /** Φ(t) from Φ' = F Φ. */
    RealMatrix map(double t) {
        return integrated(identity(), t, slope::multiply);
    }

    /** Σ(t) from Σ' = F Σ + Σ Fᵀ + GGᵀ. */
    RealMatrix covariance(double t) {
        return integrated(
                MatrixUtils.createRealMatrix(2, 2),
                t,
                s -> slope.multiply(s).add(s.multiplyTransposed(slope)).add(rate));
    }

    private static RealMatrix integrated(
            RealMatrix start, double t, java.util.function.UnaryOperator<RealMatrix> derivative) {
        double h = t / STEPS;
        RealMatrix y = start;
        for (int i = 0; i < STEPS; i++) {
            RealMatrix a = derivative.apply(y);
            RealMatrix b = derivative.apply(y.add(a.scalarMultiply(h / 2)));
            RealMatrix c = derivative.apply(y.add(b.scalarMultiply(h / 2)));
            RealMatrix d = derivative.apply(y.add(c.scalarMultiply(h)));
            y = y.add(a.add(d).add(b.add(c).scalarMultiply(2)).scalarMultiply(h / 6));
        }
        return y;
    }
}
