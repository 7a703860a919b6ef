package org.sdescript.pipeline;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/** dx = F x dt + G dw with constant coefficients; moments by matrix exponentials (Van Loan 1978). */
record LinearSystem(RealMatrix slope, RealMatrix rate) {
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

    RealMatrix map(double t) {
        return exponential(slope.scalarMultiply(t));
    }

    /** The right column of exp([−F Q; 0 Fᵀ] t) holds Φ⁻¹Σ and Φᵀ. */
    RealMatrix covariance(double t) {
        RealMatrix block = MatrixUtils.createRealMatrix(4, 4);
        block.setSubMatrix(slope.scalarMultiply(-t).getData(), 0, 0);
        block.setSubMatrix(rate.scalarMultiply(t).getData(), 0, 2);
        block.setSubMatrix(slope.transpose().scalarMultiply(t).getData(), 2, 2);
        RealMatrix whole = exponential(block);
        return whole.getSubMatrix(2, 3, 2, 3).transpose().multiply(whole.getSubMatrix(0, 1, 2, 3));
    }

    /** The exponential by scaling and squaring: the series of a fraction of the matrix, squared once per halving. */
    private static RealMatrix exponential(RealMatrix m) {
        int halvings = Math.max(0, 2 + Math.getExponent(m.getNorm1()));
        RealMatrix small = m.scalarMultiply(Math.scalb(1.0, -halvings));
        RealMatrix total = MatrixUtils.createRealIdentityMatrix(m.getRowDimension());
        RealMatrix power = total;
        for (int k = 1; k <= 14; k++) {
            power = power.multiply(small).scalarMultiply(1.0 / k);
            total = total.add(power);
        }
        for (int k = 0; k < halvings; k++) {
            total = total.multiply(total);
        }
        return total;
    }
}
