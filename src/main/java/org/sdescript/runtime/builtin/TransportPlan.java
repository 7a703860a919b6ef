package org.sdescript.runtime.builtin;

import java.util.Arrays;
import org.sdescript.interrupt.StopRequest;

/**
 * The plan of entropic transport between uniform weights, πᵢⱼ = uᵢ exp((gⱼ − cᵢⱼ)/reg) vⱼ, by alternate scaling of rows
 * and columns (Cuturi 2013). v is absorbed into g before it leaves the range of a double, and reg falls to its value from
 * the size of the costs, so that a small reg neither underflows nor starts far from the solution (Schmitzer 2019, §3).
 */
final class TransportPlan {
    /** Scalings beyond exp(±50) are absorbed; products of two are within the range of a double. */
    private static final double ABSORBED = 50;

    private static final double FALL = 0.25;
    private static final int SCALINGS_ON_THE_WAY = 100;
    private static final int SCALINGS = 100_000;

    private final double[][] costs;
    private final int n;
    private final int m;
    private final double[] g;
    private double reg;
    private double[][] kernel = {};
    private double[] u = {};
    private double[] v = {};

    private TransportPlan(double[][] costs) {
        this.costs = costs;
        this.n = costs.length;
        this.m = costs[0].length;
        this.g = new double[m];
    }

    /**
     * Returns π, with rows of sum 1/n.
     *
     * @param costs finite numbers
     * @param tolerance the total error of the column sums 1/m at which the scaling ends
     */
    static double[][] of(double[][] costs, double reg, double tolerance) {
        TransportPlan plan = new TransportPlan(costs);
        for (double each = spread(costs); each * FALL > reg; each *= FALL) {
            plan.scale(each, Math.max(tolerance, 1e-3), SCALINGS_ON_THE_WAY);
        }
        plan.scale(reg, tolerance, SCALINGS);
        return plan.value();
    }

    private static double spread(double[][] costs) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double[] row : costs) {
            for (double cost : row) {
                least = Math.min(least, cost);
                most = Math.max(most, cost);
            }
        }
        return most - least;
    }

    private void scale(double to, double tolerance, int most) {
        absorb(to);
        for (int k = 0; k < most; k++) {
            StopRequest.poll();
            scaleColumns();
            // the columns are exact now, and the rows' error before their scaling is the error of the plan
            if (scaleRows() <= tolerance) {
                break;
            }
            if (largest(u) > ABSORBED || largest(v) > ABSORBED) {
                absorb(reg);
            }
        }
    }

    private static double largest(double[] scaling) {
        return Arrays.stream(scaling)
                .map(each -> Math.abs(Math.log(each)))
                .max()
                .orElse(0);
    }

    /**
     * Moves the scaling of the columns into g and continues with another reg. One update of f in logarithms gives every
     * row the sum 1/n without underflow, so that the scaling of the rows need not be kept.
     */
    private void absorb(double next) {
        for (int j = 0; j < v.length; j++) {
            g[j] += reg * Math.log(v[j]);
        }
        reg = next;
        kernel = new double[n][m];
        for (int i = 0; i < n; i++) {
            double top = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < m; j++) {
                top = Math.max(top, g[j] - costs[i][j]);
            }
            double sum = 0;
            for (int j = 0; j < m; j++) {
                kernel[i][j] = Math.exp((g[j] - costs[i][j] - top) / reg);
                sum += kernel[i][j];
            }
            for (int j = 0; j < m; j++) {
                kernel[i][j] /= n * sum;
            }
        }
        u = ones(n);
        v = ones(m);
    }

    private static double[] ones(int size) {
        double[] ones = new double[size];
        Arrays.fill(ones, 1);
        return ones;
    }

    private void scaleColumns() {
        double[] sums = new double[m];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                sums[j] += kernel[i][j] * u[i];
            }
        }
        for (int j = 0; j < m; j++) {
            // a column whose kernel underflowed waits until an absorption brings its entries back
            v[j] = sums[j] < Double.MIN_NORMAL ? Math.exp(ABSORBED) * v[j] : 1 / (m * sums[j]);
        }
    }

    /** Scales the rows and returns the total error of their sums before. */
    private double scaleRows() {
        double error = 0;
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < m; j++) {
                sum += kernel[i][j] * v[j];
            }
            error += Math.abs(u[i] * sum - 1.0 / n);
            u[i] = 1 / (n * sum);
        }
        return error;
    }

    private double[][] value() {
        double[][] plan = new double[n][m];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                plan[i][j] = u[i] * kernel[i][j] * v[j];
            }
        }
        return plan;
    }
}
