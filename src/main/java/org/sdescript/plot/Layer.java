package org.sdescript.plot;

/** One set of marks in a figure. Numbers that are not finite are left out when it is drawn. */
public sealed interface Layer {

    /** The name in the legend; empty for none. */
    String label();

    record Scatter(double[] x, double[] y, String label) implements Layer {
        public Scatter {
            requireSameLength(x, y);
        }
    }

    /** Points joined in their order, with a gap where one is not finite. */
    record Line(double[] x, double[] y, String label) implements Layer {
        public Line {
            requireSameLength(x, y);
        }
    }

    /**
     * The density of values. All histograms of a figure share their bins, so that they can be compared.
     *
     * @param bins how many; 0 leaves it to the data
     */
    record Histogram(double[] values, int bins, String label) implements Layer {}

    private static void requireSameLength(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(x.length + " x, " + y.length + " y");
        }
    }
}
