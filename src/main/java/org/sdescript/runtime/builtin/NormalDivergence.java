package org.sdescript.runtime.builtin;

import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.sdescript.process.Gaussian;

/** The Kullback-Leibler divergence of a normal law from a prior, in nats. */
final class NormalDivergence {
    private NormalDivergence() {}

    /**
     * Returns ½ (tr P⁻¹C + (μ − μ₀)ᵀ P⁻¹ (μ − μ₀) − nd + log det P − log det C), for a prior N(μ₀, P) of each
     * component's n states.
     *
     * @param mean component by component within state by state
     * @param covariance in the same order
     * @throws MathIllegalArgumentException if a law has no spread in some direction
     */
    static double of(double[] mean, double[][] covariance, Gaussian prior) {
        CholeskyDecomposition spread = decomposed(prior.covarianceValues());
        double[] centre = prior.meanValues();
        int n = centre.length;
        int d = mean.length / n;
        double total = d * (logDeterminant(spread) - n);
        double[][] precision = spread.getSolver().getInverse().getData();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int c = 0; c < d; c++) {
                    double distances = (mean[i * d + c] - centre[i]) * (mean[j * d + c] - centre[j]);
                    sum += covariance[i * d + c][j * d + c] + distances;
                }
                total += precision[i][j] * sum;
            }
        }
        return (total - logDeterminant(decomposed(covariance))) / 2;
    }

    private static CholeskyDecomposition decomposed(double[][] covariance) {
        return new CholeskyDecomposition(MatrixUtils.createRealMatrix(covariance), 1e-8, 0);
    }

    private static double logDeterminant(CholeskyDecomposition decomposed) {
        double[][] factor = decomposed.getL().getData();
        double total = 0;
        for (int i = 0; i < factor.length; i++) {
            total += 2 * Math.log(factor[i][i]);
        }
        return total;
    }
}
