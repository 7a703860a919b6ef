package org.sdescript.plot;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.sdescript.image.Pixels;

/** The visible marks of a layer, in the axes' measures, with the number of omitted points. */
sealed interface Marks {
    String label();

    int total();

    int leftOut();

    DoubleStream xs();

    DoubleStream ys();

    record Dots(double[] x, double[] y, String label, int total) implements Marks {
        @Override
        public int leftOut() {
            return total - x.length;
        }

        @Override
        public DoubleStream xs() {
            return Arrays.stream(x);
        }

        @Override
        public DoubleStream ys() {
            return Arrays.stream(y);
        }
    }

    /** A curve; both coordinates are NaN at a gap. */
    record Curve(double[] x, double[] y, String label, int leftOut) implements Marks {
        @Override
        public int total() {
            return x.length;
        }

        @Override
        public DoubleStream xs() {
            return Arrays.stream(x);
        }

        @Override
        public DoubleStream ys() {
            return Arrays.stream(y);
        }
    }

    /** Cells that fill a rectangle; a bare picture has no axes. */
    record Cells(Pixels pixels, Layer.Extent extent, boolean bare, String label, boolean graded) implements Marks {
        @Override
        public int total() {
            return pixels.rgb().length;
        }

        @Override
        public int leftOut() {
            return 0;
        }

        @Override
        public DoubleStream xs() {
            return DoubleStream.of(extent.left(), extent.right());
        }

        @Override
        public DoubleStream ys() {
            return DoubleStream.of(extent.bottom(), extent.top());
        }
    }

    record Contours(List<Contour> lines, int levels, String label) implements Marks {
        @Override
        public int total() {
            return lines.size();
        }

        @Override
        public int leftOut() {
            return 0;
        }

        @Override
        public DoubleStream xs() {
            return lines.stream().flatMapToDouble(line -> Arrays.stream(line.x()));
        }

        @Override
        public DoubleStream ys() {
            return lines.stream().flatMapToDouble(line -> Arrays.stream(line.y()));
        }
    }

    /** Arrows from tails to tips, without NaN. */
    record Arrows(double[] x, double[] y, double[] toX, double[] toY, String label, int total) implements Marks {
        @Override
        public int leftOut() {
            return total - x.length;
        }

        @Override
        public DoubleStream xs() {
            return DoubleStream.concat(Arrays.stream(x), Arrays.stream(toX));
        }

        @Override
        public DoubleStream ys() {
            return DoubleStream.concat(Arrays.stream(y), Arrays.stream(toY));
        }
    }

    /**
     * @param heights the height of each bin, NaN if a logarithmic axis cannot show the height; empty for an empty
     *     histogram
     */
    record Steps(Bins bins, double[] heights, String label, int total, int leftOut) implements Marks {
        @Override
        public DoubleStream xs() {
            return DoubleStream.of(bins.range().low(), bins.range().high());
        }

        @Override
        public DoubleStream ys() {
            return Arrays.stream(heights);
        }
    }
}
