package org.sdescript.process;

/**
 * The solution of y′ = M y + r with constant M and r over one panel, by its series y = Σ aₖ sᵏ with aₖ₊₁ = M aₖ/(k +
 * 1). Each term takes one product by M, so many states are cheap.
 */
final class TaylorPanel {
    private static final int MORE_TERMS = 60;
    private static final double LAST = Math.ulp(1.0) / 16;

    /** Terms that add up to this many times their sum lose three bits. */
    private static final double CANCELLED = 8;

    private TaylorPanel() {}

    /**
     * Overwrites y with the values at the nodes, from −1 to 1, and sizes with the sizes of the terms of their slopes.
     * Returns false if the series does not converge or its terms cancel: the panel is too wide.
     *
     * @param y the starting values, in each row
     */
    static boolean fill(
            LinearOdeSeries.Slopes slopes,
            double[] coefficients,
            double width,
            double[] nodes,
            double[][] y,
            double[][] sizes) {
        int size = y[0].length;
        double[] homogeneous = coefficients.clone();
        slopes.dropInhomogeneous(homogeneous);
        double[] total = new double[size];
        double[] term = y[0].clone();
        double[] next = new double[size];
        double[] unused = new double[size];
        boolean ended = false;
        int least = slopes.depth();
        for (int k = 0; k < least + MORE_TERMS && !ended; k++) {
            slopes.at(k == 0 ? coefficients : homogeneous, term, next, unused);
            ended = k >= least;
            for (int i = 0; i < size; i++) {
                total[i] += Math.abs(term[i]);
                term[i] = next[i] * width / (k + 1);
                ended &= Math.abs(term[i]) <= LAST * total[i];
            }
            for (int j = 1; j < nodes.length; j++) {
                double power = Math.pow((nodes[j] + 1) / 2, k + 1);
                for (int i = 0; i < size; i++) {
                    y[j][i] += term[i] * power;
                }
            }
        }
        for (int j = 0; j < nodes.length; j++) {
            slopes.at(coefficients, y[j], unused, sizes[j]);
        }
        return ended && keepsDigits(y, total);
    }

    private static boolean keepsDigits(double[][] y, double[] total) {
        for (int i = 0; i < total.length; i++) {
            double largest = 0;
            for (double[] row : y) {
                largest = Math.max(largest, Math.abs(row[i]));
            }
            if (total[i] > CANCELLED * largest) {
                return false;
            }
        }
        return true;
    }
}
