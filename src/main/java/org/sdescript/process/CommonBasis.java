package org.sdescript.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;

/**
 * The orthonormal basis in which some symmetric matrices are diagonal. It exists exactly if the matrices commute.
 *
 * @param vectors the basis, as the columns of a matrix
 * @param eigenvalues of each matrix, in the order of the columns
 */
public record CommonBasis(double[][] vectors, List<double[]> eigenvalues) {
    /** Eigenvalues of a combination of the matrices with these weights coincide only where those of each matrix do. */
    private static final double GOLDEN = 0.6180339887498949;

    /**
     * The number in place of an eigenvalue that is 0 up to rounding, relative to the largest. It changes no result, and the
     * formulas of a transition, such as (1 − exp(−2 λ t))/λ, have a value there.
     */
    private static final double NOTHING = 1e-20;

    public CommonBasis {
        eigenvalues = List.copyOf(eigenvalues);
    }

    /**
     * Finds the basis; empty if a matrix is not symmetric, or if two of them do not commute.
     *
     * @param rounding the relative rounding of the entries
     */
    public static Optional<CommonBasis> of(List<double[][]> matrices, double rounding) {
        int size = matrices.getFirst().length;
        double tolerance = 8 * size * rounding;
        RealMatrix combined = new Array2DRowRealMatrix(size, size);
        List<RealMatrix> given = new ArrayList<>();
        for (int k = 0; k < matrices.size(); k++) {
            RealMatrix matrix = new Array2DRowRealMatrix(matrices.get(k));
            double norm = matrix.getFrobeniusNorm();
            if (matrix.subtract(matrix.transpose()).getFrobeniusNorm() > tolerance * norm) {
                return Optional.empty();
            }
            RealMatrix symmetric = matrix.add(matrix.transpose()).scalarMultiply(0.5);
            given.add(symmetric);
            double weight = (1 + (k * GOLDEN) % 1) / Math.max(norm, Double.MIN_NORMAL);
            combined = combined.add(symmetric.scalarMultiply(weight));
        }
        RealMatrix vectors = new EigenDecompositionSymmetric(combined, 0, false).getV();
        List<double[]> eigenvalues = new ArrayList<>();
        for (RealMatrix matrix : given) {
            RealMatrix turned = vectors.transpose().multiply(matrix).multiply(vectors);
            double[] diagonal = diagonal(turned);
            if (offDiagonal(turned) > tolerance * matrix.getFrobeniusNorm()) {
                return Optional.empty();
            }
            eigenvalues.add(withoutZeros(diagonal, tolerance));
        }
        return Optional.of(new CommonBasis(vectors.getData(), eigenvalues));
    }

    private static double[] diagonal(RealMatrix matrix) {
        double[] diagonal = new double[matrix.getRowDimension()];
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] = matrix.getEntry(i, i);
        }
        return diagonal;
    }

    private static double offDiagonal(RealMatrix matrix) {
        double squares = 0;
        for (int i = 0; i < matrix.getRowDimension(); i++) {
            for (int j = 0; j < matrix.getColumnDimension(); j++) {
                squares += i == j ? 0 : matrix.getEntry(i, j) * matrix.getEntry(i, j);
            }
        }
        return Math.sqrt(squares);
    }

    /** Replaces eigenvalues that are 0 up to rounding by a tiny number of the sign of the others. */
    private static double[] withoutZeros(double[] values, double tolerance) {
        double largest = 0;
        for (double value : values) {
            largest = Math.abs(value) > Math.abs(largest) ? value : largest;
        }
        double scale = largest == 0 ? 1 : largest;
        double[] replaced = values.clone();
        for (int i = 0; i < values.length; i++) {
            if (Math.abs(values[i]) <= tolerance * Math.abs(largest)) {
                replaced[i] = NOTHING * scale;
            }
        }
        return replaced;
    }
}
