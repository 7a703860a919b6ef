package org.sdescript.plot;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The heights of contour lines.
 *
 * @param heights in ascending order of the colours
 * @param names the text beside each colour
 * @param title what the names are, unless the layer has a label
 */
record ContourLevels(double[] heights, List<String> names, String title) {
    private static final double PERCENT = 100;

    ContourLevels {
        names = List.copyOf(names);
    }

    /** Returns levels that are named by their heights. */
    static ContourLevels of(double[] heights) {
        return new ContourLevels(heights, NumberLabels.of(heights), "");
    }

    /** Returns evenly spaced levels strictly between two heights. */
    static ContourLevels between(AxisRange heights, int count) {
        return of(IntStream.range(0, count)
                .mapToDouble(k -> heights.low() + (k + 1.0) / (count + 1) * heights.length())
                .toArray());
    }

    /**
     * Returns the levels of a log density whose superlevel sets hold the given shares of the mass: the boundaries of the
     * highest density regions (Hyndman 1996). The mass is the sum over the cells of a regular grid, so it is that of the
     * drawn range.
     */
    static ContourLevels ofMass(double[] logDensity, double[] shares) {
        double[] falling = Arrays.stream(logDensity)
                .filter(Double::isFinite)
                .map(value -> -value)
                .sorted()
                .map(value -> -value)
                .toArray();
        double highest = falling.length == 0 ? 0 : falling[0];
        double total =
                Arrays.stream(falling).map(each -> Math.exp(each - highest)).sum();
        double[] wanted = Arrays.stream(shares)
                .map(share -> -share)
                .sorted()
                .map(share -> -share)
                .toArray();
        double[] heights = Arrays.stream(wanted)
                .map(share -> height(falling, highest, share * total))
                .toArray();
        List<String> names =
                Arrays.stream(wanted).mapToObj(ContourLevels::percent).toList();
        return new ContourLevels(heights, names, "mass inside");
    }

    /** Returns the log density at which the mass above it reaches {@code mass}, interpolated between two cells. */
    private static double height(double[] falling, double highest, double mass) {
        double above = 0;
        for (int k = 0; k < falling.length; k++) {
            double cell = Math.exp(falling[k] - highest);
            if (above + cell >= mass) {
                // half of a cell's mass lies above its height
                double before = k == 0 ? falling[0] : falling[k - 1];
                double part = (mass - above) / cell;
                return before + part * (falling[k] - before);
            }
            above += cell;
        }
        return falling.length == 0 ? 0 : falling[falling.length - 1];
    }

    private static String percent(double share) {
        String text = String.format(Locale.ROOT, "%.4f", PERCENT * share);
        return text.replaceAll("0+$", "").replaceAll("\\.$", "") + " %";
    }

    int count() {
        return heights.length;
    }
}
