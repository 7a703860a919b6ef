package org.sdescript.plot;

import java.util.Arrays;
import java.util.List;
import org.sdescript.interrupt.StopRequest;

/**
 * Equal intervals of an axis, in its measure, shared by all histograms of a figure.
 *
 * @param count the number of intervals in {@code range}
 */
record Bins(AxisRange range, int count) {
    private static final int FEWEST = 8;
    private static final int MOST = 120;

    /** @param values one sorted array of measures per histogram */
    static Bins of(List<double[]> values, int wanted) {
        AxisRange range = AxisRange.of(values.stream().flatMapToDouble(Arrays::stream));
        if (wanted > 0) {
            return new Bins(range, wanted);
        }
        double width = values.stream()
                .filter(sorted -> sorted.length > 1)
                .mapToDouble(Bins::freedmanDiaconis)
                .filter(w -> w > 0)
                .min()
                .orElse(range.length() / FEWEST);
        return new Bins(range, (int) Math.clamp(Math.ceil(range.length() / width), FEWEST, MOST));
    }

    /**
     * Returns the bin width 2 IQR / n^(1/3), which follows the roughness of the density (Freedman and Diaconis 1981).
     */
    private static double freedmanDiaconis(double[] sorted) {
        double quartiles = sorted[(int) (0.75 * (sorted.length - 1))] - sorted[(int) (0.25 * (sorted.length - 1))];
        return 2 * quartiles / Math.cbrt(sorted.length);
    }

    double width() {
        return range.length() / count;
    }

    double edge(int index) {
        return range.low() + index * width();
    }

    /** Returns heights with total area 1 over the axis's measure. */
    double[] density(double[] measures) {
        double[] heights = new double[count];
        for (double measure : measures) {
            StopRequest.poll();
            heights[Math.clamp((long) ((measure - range.low()) / width()), 0, count - 1)] += 1;
        }
        for (int k = 0; k < count; k++) {
            StopRequest.poll();
            heights[k] /= measures.length * width();
        }
        return heights;
    }
}
