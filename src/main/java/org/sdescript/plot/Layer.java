package org.sdescript.plot;

import java.util.List;
import java.util.Optional;
import org.sdescript.image.Pixels;

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

    /** A rectangle of the axes. */
    record Extent(double left, double right, double bottom, double top) {}

    /**
     * Colours in cells that fill a rectangle, the first at its upper left.
     *
     * @param bare a picture by itself, which has no axes
     * @param graded the ends of what the colours of the palette stand for; empty for colours that are their own meaning
     */
    record Cells(Pixels pixels, Extent extent, boolean bare, String label, Optional<double[]> graded)
            implements Layer {}

    /** Lines of equal height, from low (dark) to high levels. */
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
