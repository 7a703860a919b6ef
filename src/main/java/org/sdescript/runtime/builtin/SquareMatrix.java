package org.sdescript.runtime.builtin;

import org.sdescript.interrupt.StopRequest;

/**
 * A square matrix as P B = L U, where B = R A C has rows and columns scaled by powers of 2, so that the units of the
 * entries neither lose digits nor make the matrix appear singular (Golub &amp; Van Loan 2013, §3.4 and §3.5.2).
 */
final class SquareMatrix {
    private static final double UNIT_ROUNDOFF = 0x1p-53;

    private final int n;
    private final double[][] factors;
    private final int[] order;
    private final int[] rowScale;
    private final int[] columnScale;
    private final double norm;
    private int swaps;

    /** @param a the rows, left unchanged */
    SquareMatrix(double[][] a) {
        n = a.length;
        factors = new double[n][];
        order = new int[n];
        rowScale = new int[n];
        columnScale = new int[n];
        scale(a);
        norm = norm(factors);
        factorize();
    }

    private void scale(double[][] a) {
        for (int i = 0; i < n; i++) {
            factors[i] = a[i].clone();
            order[i] = i;
            rowScale[i] = -exponent(largest(a[i]));
            for (int j = 0; j < n; j++) {
                factors[i][j] = Math.scalb(factors[i][j], rowScale[i]);
            }
        }
        for (int j = 0; j < n; j++) {
            double most = 0;
            for (double[] row : factors) {
                most = Math.max(most, Math.abs(row[j]));
            }
            columnScale[j] = -exponent(most);
            for (double[] row : factors) {
                row[j] = Math.scalb(row[j], columnScale[j]);
            }
        }
    }

    private static double largest(double[] row) {
        double most = 0;
        for (double entry : row) {
            most = Math.max(most, Math.abs(entry));
        }
        return most;
    }

    private static int exponent(double x) {
        return x == 0 ? 0 : Math.getExponent(x);
    }

    /** Returns the 1-norm: the largest column sum of magnitudes. */
    private static double norm(double[][] rows) {
        double most = 0;
        for (int j = 0; j < rows.length; j++) {
            double sum = 0;
            for (double[] row : rows) {
                sum += Math.abs(row[j]);
            }
            most = Math.max(most, sum);
        }
        return most;
    }

    private void factorize() {
        for (int k = 0; k < n; k++) {
            StopRequest.poll();
            exchange(k, pivot(k));
            double[] top = factors[k];
            if (top[k] == 0) {
                continue;
            }
            for (int i = k + 1; i < n; i++) {
                double[] row = factors[i];
                double factor = row[k] / top[k];
                row[k] = factor;
                for (int j = k + 1; factor != 0 && j < n; j++) {
                    row[j] -= factor * top[j];
                }
            }
        }
    }

    private int pivot(int k) {
        int best = k;
        for (int i = k + 1; i < n; i++) {
            if (Math.abs(factors[i][k]) > Math.abs(factors[best][k])) {
                best = i;
            }
        }
        return best;
    }

    private void exchange(int k, int other) {
        if (k != other) {
            double[] row = factors[k];
            factors[k] = factors[other];
            factors[other] = row;
            int place = order[k];
            order[k] = order[other];
            order[other] = place;
            swaps++;
        }
    }

    /** Returns the determinant; infinite or 0 outside the range of a double. */
    double determinant() {
        double mantissa = swaps % 2 == 0 ? 1 : -1;
        long exponent = 0;
        for (int i = 0; i < n; i++) {
            mantissa *= factors[i][i];
            if (mantissa == 0) {
                return 0;
            }
            int shift = Math.getExponent(mantissa);
            mantissa = Math.scalb(mantissa, -shift);
            exponent += shift - (long) rowScale[i] - columnScale[i];
        }
        return Math.scalb(mantissa, Math.clamp(exponent, -3000, 3000));
    }

    /** Returns ‖B‖₁ ‖B⁻¹‖₁, infinite for a matrix without an inverse. */
    double condition() {
        for (int i = 0; i < n; i++) {
            if (factors[i][i] == 0) {
                return Double.POSITIVE_INFINITY;
            }
        }
        double[][] unit = new double[n][n];
        for (int i = 0; i < n; i++) {
            unit[i][i] = 1;
        }
        return norm * norm(solveScaled(unit));
    }

    /** True if a solution would have no correct digit. */
    boolean isSingular(double condition) {
        return !(condition * n * UNIT_ROUNDOFF < 1);
    }

    /** Returns the solution X of A X = given, as rows. */
    double[][] solve(double[][] given) {
        double[][] scaled = new double[n][];
        for (int i = 0; i < n; i++) {
            scaled[i] = shifted(given[i], rowScale[i]);
        }
        double[][] solution = solveScaled(scaled);
        for (int i = 0; i < n; i++) {
            solution[i] = shifted(solution[i], columnScale[i]);
        }
        return solution;
    }

    private static double[] shifted(double[] row, int exponent) {
        double[] out = row.clone();
        for (int j = 0; j < out.length; j++) {
            out[j] = Math.scalb(out[j], exponent);
        }
        return out;
    }

    private double[][] solveScaled(double[][] given) {
        double[][] x = new double[n][];
        for (int i = 0; i < n; i++) {
            StopRequest.poll();
            x[i] = given[order[i]].clone();
            for (int k = 0; k < i; k++) {
                subtract(x[i], factors[i][k], x[k]);
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            StopRequest.poll();
            for (int k = i + 1; k < n; k++) {
                subtract(x[i], factors[i][k], x[k]);
            }
            for (int j = 0; j < x[i].length; j++) {
                x[i][j] /= factors[i][i];
            }
        }
        return x;
    }

    private static void subtract(double[] row, double factor, double[] other) {
        for (int j = 0; factor != 0 && j < row.length; j++) {
            row[j] -= factor * other[j];
        }
    }
}
