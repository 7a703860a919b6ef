package org.sdescript.plot;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.sdescript.image.Pixels;

/** What of a layer can be seen on its axes, in the axes' measures; and how many numbers cannot. */
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

    /** Both coordinates are NaN where the curve has a gap. */
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

    /** Fills a rectangle; a bare picture stands by itself. */
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

    /** From their tails to their tips, none of them NaN. */
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

    /** @param heights one for each bin, NaN where a logarithmic axis cannot show it; none for an empty histogram */
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
