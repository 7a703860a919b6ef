package org.sdescript.plot;

import java.util.Arrays;
import java.util.stream.DoubleStream;

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
