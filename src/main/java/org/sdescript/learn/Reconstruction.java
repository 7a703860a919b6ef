package org.sdescript.learn;

import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * The sum of kept averages that comes nearest to an average that was not kept, by least squares between the weights
 * (Karras et al. 2024, app. C).
 *
 * @param weights the factor of each kept average; they sum to 1
 * @param error the distance between the weights of the sum and of the wanted average, relative to the latter
 */
record Reconstruction(double[] weights, double error) {

    /** An average over the steps up to t. */
    record Average(double t, PowerFunction weight) {
        private double product(Average other) {
            return weight.product(t, other.weight, other.t);
        }
    }

    static Reconstruction of(List<Average> kept, Average wanted) {
        int n = kept.size();
        RealMatrix products = new Array2DRowRealMatrix(n, n);
        RealVector targets = new ArrayRealVector(n);
        for (int i = 0; i < n; i++) {
            targets.setEntry(i, kept.get(i).product(wanted));
            for (int j = 0; j < n; j++) {
                products.setEntry(i, j, kept.get(i).product(kept.get(j)));
            }
        }
        RealVector solved = new QRDecomposition(products).getSolver().solve(targets);
        RealVector weights = solved.mapDivide(solved.getL1Norm() == 0 ? 1 : sum(solved));
        double own = wanted.product(wanted);
        double square = own - 2 * weights.dotProduct(targets) + weights.dotProduct(products.operate(weights));
        return new Reconstruction(weights.toArray(), Math.sqrt(Math.max(0, square) / own));
    }

    private static double sum(RealVector vector) {
        double sum = 0;
        for (double entry : vector.toArray()) {
            sum += entry;
        }
        return sum;
    }
}
