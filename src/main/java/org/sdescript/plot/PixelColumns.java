package org.sdescript.plot;

import java.util.stream.DoubleStream;
import org.sdescript.interrupt.StopRequest;

/**
 * A line reduced to the resolution of the picture. Of all points within half a unit of x, only the first, lowest,
 * highest and last are kept, which gives the same drawing (M4, Jugel et al. 2014).
 */
record PixelColumns(double[] x, double[] y) {
    private static final double COLUMNS_PER_UNIT = 2;

    static PixelColumns of(double[] x, double[] y) {
        DoubleStream.Builder xs = DoubleStream.builder();
        DoubleStream.Builder ys = DoubleStream.builder();
        for (int start = 0, end; start < x.length; start = end) {
            StopRequest.poll();
            int low = start;
            int high = start;
            for (end = start; end < x.length && column(x[end]) == column(x[start]); end++) {
                low = y[end] < y[low] ? end : low;
                high = y[end] > y[high] ? end : high;
            }
            int previous = -1;
            for (int kept : new int[] {start, Math.min(low, high), Math.max(low, high), end - 1}) {
                if (kept != previous) {
                    xs.add(x[kept]);
                    ys.add(y[kept]);
                }
                previous = kept;
            }
        }
        return new PixelColumns(xs.build().toArray(), ys.build().toArray());
    }

    private static double column(double x) {
        return Math.floor(x * COLUMNS_PER_UNIT);
    }
}
