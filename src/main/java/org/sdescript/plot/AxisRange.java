package org.sdescript.plot;

import java.util.stream.DoubleStream;

/** An interval of an axis, in its measure: the number, or its decimal logarithm. */
public record AxisRange(double low, double high) {
    private static final double MARGIN = 0.04;

    /** Returns the interval of all finite numbers; [0, 1] if there are none, and never of length 0. */
    static AxisRange of(DoubleStream values) {
        var extent = values.filter(Double::isFinite).summaryStatistics();
        if (extent.getCount() == 0) {
            return new AxisRange(0, 1);
        }
        double low = extent.getMin();
        double high = extent.getMax();
        if (high - low > 1e-12 * Math.max(Math.abs(low), Math.abs(high))) {
            return new AxisRange(low, high);
        }
        double half = low == 0 ? 0.5 : Math.abs(low) / 10;
        return new AxisRange(low - half, high + half);
    }

    double length() {
        return high - low;
    }

    AxisRange withMargins() {
        return new AxisRange(low - MARGIN * length(), high + MARGIN * length());
    }

    AxisRange withMarginAbove() {
        return new AxisRange(low, high + MARGIN * length());
    }
}
