package org.sdescript.runtime.builtin;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.sdescript.interrupt.StopRequest;

/**
 * A = U diag(σ) Vᵀ by one-sided Jacobi rotations, which make the columns of A orthogonal (Golub &amp; Van Loan 2013,
 * §8.6.3). Small singular values are accurate relative to the norms of their columns.
 *
 * @param left the columns of U, in the order of σ
 * @param values σ, in descending order
 * @param right the columns of V
 */
record SingularValues(double[][] left, double[] values, double[][] right) {
    private static final double TOLERANCE = 0x1p-52;
    /** An upper bound: convergence is quadratic, more than ten sweeps are rare. */
    private static final int SWEEPS = 60;

    /** @param columns the columns of A, at most as many as A has rows, scaled to magnitudes near 1 */
    static SingularValues of(double[][] columns) {
        int n = columns.length;
        double[][] turned = new double[n][];
        double[][] right = new double[n][n];
        for (int j = 0; j < n; j++) {
            turned[j] = columns[j].clone();
            right[j][j] = 1;
        }
        for (int sweep = 0; sweep < SWEEPS && sweep(turned, right); sweep++) {
            StopRequest.poll();
        }
        double[] lengths = new double[n];
        for (int j = 0; j < n; j++) {
            lengths[j] = Math.sqrt(dot(turned[j], turned[j]));
        }
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -lengths[j]))
                .mapToInt(j -> j)
                .toArray();
        double[] values = new double[n];
        double[][] left = new double[n][];
        double[][] sorted = new double[n][];
        for (int k = 0; k < n; k++) {
            values[k] = lengths[order[k]];
            sorted[k] = right[order[k]];
            left[k] = direction(turned[order[k]], values[k], values[0], left, k);
        }
        return new SingularValues(left, values, sorted);
    }

    /** Rotates each pair of non-orthogonal columns once; returns false if all pairs were orthogonal. */
    private static boolean sweep(double[][] turned, double[][] right) {
        boolean changed = false;
        for (int p = 0; p < turned.length - 1; p++) {
            StopRequest.poll();
            for (int q = p + 1; q < turned.length; q++) {
                double a = dot(turned[p], turned[p]);
                double b = dot(turned[q], turned[q]);
                double c = dot(turned[p], turned[q]);
                if (Math.abs(c) <= TOLERANCE * Math.sqrt(a) * Math.sqrt(b)) {
                    continue;
                }
                changed = true;
                double zeta = (b - a) / (2 * c);
                double tangent = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
                double cosine = 1 / Math.hypot(1, tangent);
                rotate(turned[p], turned[q], cosine, cosine * tangent);
                rotate(right[p], right[q], cosine, cosine * tangent);
            }
        }
        return changed;
    }

    private static void rotate(double[] x, double[] y, double cosine, double sine) {
        for (int i = 0; i < x.length; i++) {
            double before = x[i];
            x[i] = cosine * before - sine * y[i];
            y[i] = sine * before + cosine * y[i];
        }
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    /**
     * Returns the normalised column; for a vanishing column, a unit vector orthogonal to the earlier columns, from
     * the axis farthest from their span.
     */
    private static double[] direction(double[] column, double length, double longest, double[][] before, int count) {
        double[] unit = column.clone();
        if (length > longest * column.length * TOLERANCE) {
            for (int i = 0; i < unit.length; i++) {
                unit[i] /= length;
            }
            return unit;
        }
        double[] best = new double[column.length];
        double most = -1;
        for (int axis = 0; axis < column.length && most < 1 / Math.sqrt(2); axis++) {
            double[] candidate = new double[column.length];
            candidate[axis] = 1;
            // Twice: one projection leaves a remainder if the candidate lies almost in the span.
            project(candidate, before, count);
            project(candidate, before, count);
            double left = Math.sqrt(dot(candidate, candidate));
            if (left > most) {
                most = left;
                best = candidate;
            }
        }
        for (int i = 0; i < best.length; i++) {
            best[i] /= most;
        }
        return best;
    }

    private static void project(double[] vector, double[][] basis, int count) {
        for (int k = 0; k < count; k++) {
            double part = dot(vector, basis[k]);
            for (int i = 0; i < vector.length; i++) {
                vector[i] -= part * basis[k][i];
            }
        }
    }
}
