package org.sdescript.plot;

import java.util.List;
import java.util.Optional;
import org.sdescript.image.Pixels;

/** One set of marks in a figure. Non-finite numbers are omitted when the layer is drawn. */
public sealed interface Layer {

    /** Returns the name in the legend; empty for none. */
    String label();

    record Scatter(double[] x, double[] y, String label) implements Layer {
        public Scatter {
            requireSameLength(x, y);
        }
    }

    /** Points joined in order, with a gap at each non-finite point. */
    record Line(double[] x, double[] y, String label) implements Layer {
        public Line {
            requireSameLength(x, y);
        }
    }

    /**
     * A density of values. All histograms of a figure share their bins, for comparison.
     *
     * @param bins the number of bins; 0 to derive it from the data
     */
    record Histogram(double[] values, int bins, String label) implements Layer {}

    /** A rectangle in axis coordinates. */
    record Extent(double left, double right, double bottom, double top) {}

    /**
     * Coloured cells that fill a rectangle, from its upper left.
     *
     * @param bare true for a picture without axes
     * @param graded the values at the ends of the palette; empty for a picture in its own colours
     */
    record Cells(Pixels pixels, Extent extent, boolean bare, String label, Optional<double[]> graded)
            implements Layer {}

    /** Contour lines, coloured from low (dark) to high levels. */
    record Contours(List<Contour> lines, double[] levels, String label) implements Layer {}

    /** Arrows from (x, y) to (x + u, y + v). */
    record Arrows(double[] x, double[] y, double[] u, double[] v, String label) implements Layer {
        public Arrows {
            requireSameLength(x, y);
            requireSameLength(u, v);
            requireSameLength(x, u);
        }
    }

    private static void requireSameLength(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(x.length + " x, " + y.length + " y");
        }
    }
}
