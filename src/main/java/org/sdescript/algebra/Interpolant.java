package org.sdescript.algebra;

import java.util.Arrays;
import java.util.List;

/**
 * A tabulated function of one variable: a Chebyshev series Σ cₖ Tₖ(u), u from −1 to 1, on each panel between two
 * breaks. Outside the breaks the nearest panel's series is extrapolated.
 */
public final class Interpolant {
    private final double[] breaks;
    private final double[][] series;

    /** Creates an interpolant from one series per panel, all of the same length. */
    public Interpolant(double[] breaks, double[][] series) {
        if (breaks.length != series.length + 1) {
            throw new IllegalArgumentException(series.length + " panels between " + breaks.length + " breaks");
        }
        this.breaks = breaks.clone();
        this.series = Arrays.stream(series).map(double[]::clone).toArray(double[][]::new);
    }

    public int panels() {
        return series.length;
    }

    /** True if all coefficients are zero. */
    public boolean isZero() {
        return Arrays.stream(series).flatMapToDouble(Arrays::stream).allMatch(c -> c == 0);
    }

    /** Returns the ends of the panels, one more than there are panels. */
    public List<Double> breaks() {
        return Arrays.stream(breaks).boxed().toList();
    }

    /** Returns the coefficients of one panel. */
    public double[] series(int panel) {
        return series[panel].clone();
    }

    /** Returns the lower ends of the panels. */
    public List<Double> starts() {
        return Arrays.stream(breaks, 0, series.length).boxed().toList();
    }

    /** Returns the number of coefficients per panel. */
    public int terms() {
        return series[0].length;
    }

    /**
     * Returns a row per panel: centre and 2/width, for u = (t − centre) · 2/width, then the coefficients c₀, c₁, …. The
     * rows suffice to evaluate the interpolant elsewhere.
     */
    public List<Double> rows() {
        double[] flat = new double[panels() * (terms() + 2)];
        for (int i = 0; i < panels(); i++) {
            int at = i * (terms() + 2);
            flat[at] = (breaks[i] + breaks[i + 1]) / 2;
            flat[at + 1] = 2 / (breaks[i + 1] - breaks[i]);
            System.arraycopy(series[i], 0, flat, at + 2, terms());
        }
        return Arrays.stream(flat).boxed().toList();
    }

    public double at(double t) {
        int panel = panel(t);
        double from = breaks[panel];
        double to = breaks[panel + 1];
        return sum(series[panel], (2 * t - from - to) / (to - from));
    }

    private int panel(double t) {
        int found = Arrays.binarySearch(breaks, t);
        return Math.clamp(found >= 0 ? found : -found - 2, 0, panels() - 1);
    }

    /** Returns Σ cₖ Tₖ(u) by Clenshaw's recurrence. */
    public static double sum(double[] c, double u) {
        double next = 0;
        double afterNext = 0;
        for (int k = c.length - 1; k > 0; k--) {
            double current = 2 * u * next - afterNext + c[k];
            afterNext = next;
            next = current;
        }
        return u * next - afterNext + c[0];
    }

    /** Returns the derivative, panel by panel. */
    public Interpolant derivative() {
        double[][] derived = new double[panels()][];
        for (int i = 0; i < panels(); i++) {
            derived[i] = derived(series[i], 2 / (breaks[i + 1] - breaks[i]));
        }
        return new Interpolant(breaks, derived);
    }

    /** Differentiates a series: c′ₖ₋₁ = c′ₖ₊₁ + 2k cₖ, the first halved (Mason and Handscomb 2003, eq. 2.49). */
    private static double[] derived(double[] c, double scale) {
        double[] d = new double[c.length + 1];
        for (int k = c.length - 1; k > 0; k--) {
            d[k - 1] = d[k + 1] + 2 * k * c[k];
        }
        double[] result = Arrays.copyOf(d, c.length);
        for (int k = 0; k < result.length; k++) {
            result[k] *= scale * (k == 0 ? 0.5 : 1);
        }
        return result;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Interpolant its
                && Arrays.equals(breaks, its.breaks)
                && Arrays.deepEquals(series, its.series);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(breaks) + Arrays.deepHashCode(series);
    }
}
