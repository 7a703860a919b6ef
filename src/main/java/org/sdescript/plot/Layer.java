package org.sdescript.plot;

import java.util.List;
import java.util.Optional;
import org.sdescript.image.Pixels;

/** One set of marks in a figure. Non-finite numbers are omitted when the layer is drawn. */
public sealed interface Layer extends LayerSource {

    /** Returns the look of the layer, with its label. */
    MarkStyle style();

    /** Returns the name in the legend; empty for none. */
    default String label() {
        return style().label();
    }

    record Scatter(double[] x, double[] y, MarkStyle style) implements Layer {
        public Scatter {
            requireSameLength(x, y);
        }

        public Scatter(double[] x, double[] y, String label) {
            this(x, y, MarkStyle.labelled(label));
        }

        @Override
        public String describe() {
            return "scatter of " + x.length + " points";
        }
    }

    /** Points joined in order, with a gap at each non-finite point. */
    record Line(double[] x, double[] y, MarkStyle style) implements Layer {
        public Line {
            requireSameLength(x, y);
        }

        public Line(double[] x, double[] y, String label) {
            this(x, y, MarkStyle.labelled(label));
        }

        @Override
        public String describe() {
            return "line of " + x.length + " points";
        }
    }

    /** A function that is constant between places and jumps there. The height k begins at the place k. */
    record Stairs(double[] x, double[] y, MarkStyle style) implements Layer {
        public Stairs {
            if (x.length != y.length && x.length != y.length + 1) {
                throw new IllegalArgumentException(x.length + " places, " + y.length + " heights");
            }
        }

        @Override
        public String describe() {
            return "steps of " + y.length + " heights";
        }
    }

    /** Points with intervals around them, from {@code y - below} to {@code y + above}. */
    record ErrorBars(double[] x, double[] y, double[] below, double[] above, MarkStyle style) implements Layer {
        public ErrorBars {
            requireSameLength(x, y);
            requireSameLength(x, below);
            requireSameLength(x, above);
        }

        @Override
        public String describe() {
            return "error bars of " + x.length + " points";
        }
    }

    /** The area between two curves. */
    record Band(double[] x, double[] low, double[] high, MarkStyle style) implements Layer {
        public Band {
            requireSameLength(x, low);
            requireSameLength(x, high);
        }

        @Override
        public String describe() {
            return "band of " + x.length + " points";
        }
    }

    /**
     * Bars from zero. Bars of several layers stand side by side.
     *
     * @param names the name below each bar; empty for numbers on the axis
     */
    record Bars(double[] x, double[] heights, List<String> names, MarkStyle style) implements Layer {
        public Bars {
            requireSameLength(x, heights);
            names = List.copyOf(names);
        }

        @Override
        public String describe() {
            return x.length + " bars";
        }
    }

    /**
     * Paths of one length.
     *
     * @param plane true for paths in the plane, whose ends are marked
     */
    record Paths(List<Line> paths, boolean plane, MarkStyle style) implements Layer {
        public Paths {
            paths = List.copyOf(paths);
        }

        @Override
        public String describe() {
            return paths.size() + " paths";
        }
    }

    /** Straight lines across the whole figure, at numbers of one axis. */
    record Rules(boolean upright, double[] at, MarkStyle style) implements Layer {
        @Override
        public String describe() {
            return at.length + (upright ? " vertical" : " horizontal") + (at.length == 1 ? " line" : " lines");
        }
    }

    /** Words at a point. */
    record Note(double x, double y, String text, MarkStyle style) implements Layer {
        @Override
        public String describe() {
            return "note \"" + text + "\"";
        }
    }

    /**
     * A density of values. All histograms of a figure share their bins, for comparison.
     *
     * @param bins the number of bins; 0 to derive it from the data
     */
    record Histogram(double[] values, int bins, MarkStyle style) implements Layer {
        public Histogram(double[] values, int bins, String label) {
            this(values, bins, MarkStyle.labelled(label));
        }

        @Override
        public String describe() {
            return "histogram of " + values.length + " values";
        }
    }

    /** A rectangle in axis coordinates. */
    record Extent(double left, double right, double bottom, double top) {}

    /**
     * Coloured cells that fill a rectangle, from its upper left.
     *
     * @param bare true for a picture without axes
     * @param graded the values at the ends of the palette; empty for a picture in its own colours
     */
    record Cells(Pixels pixels, Extent extent, boolean bare, Optional<AxisRange> graded, MarkStyle style)
            implements Layer {
        @Override
        public String describe() {
            return "picture of " + pixels.width() + " × " + pixels.height() + " pixels";
        }
    }

    /** Contour lines, coloured from low (dark) to high levels. */
    record Contours(List<Contour> lines, ContourLevels levels, MarkStyle style) implements Layer {
        @Override
        public String describe() {
            return "contours of " + levels.count() + " levels";
        }
    }

    /** Arrows from (x, y) to (x + u, y + v). */
    record Arrows(double[] x, double[] y, double[] u, double[] v, MarkStyle style) implements Layer {
        public Arrows {
            requireSameLength(x, y);
            requireSameLength(u, v);
            requireSameLength(x, u);
        }

        @Override
        public String describe() {
            return "field of " + x.length + " arrows";
        }
    }

    private static void requireSameLength(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(x.length + " and " + y.length + " numbers");
        }
    }
}
