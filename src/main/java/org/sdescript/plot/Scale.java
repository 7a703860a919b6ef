package org.sdescript.plot;

import java.util.Arrays;

/** Maps numbers of an axis to positions in the picture. */
record Scale(boolean log, AxisRange range, double from, double to) {

    /** Returns the axis's measure of a number; NaN if the axis cannot show the number. */
    static double measure(boolean log, double value) {
        double measured = log ? Math.log10(value) : value;
        return Double.isFinite(measured) ? measured : Double.NaN;
    }

    double place(double value) {
        return placeOfMeasure(measure(log, value));
    }

    double placeOfMeasure(double measure) {
        return from + (measure - range.low()) / range.length() * (to - from);
    }

    double[] places(double[] values) {
        double[] places = new double[values.length];
        Arrays.setAll(places, k -> place(values[k]));
        return places;
    }
}
