package org.sdescript.plot;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.sdescript.interrupt.StopRequest;

/** Converts the layers of a figure to marks: measures numbers on the axes and omits those that the axes cannot show. */
final class LayerToMarks {
    private final Figure figure;

    private LayerToMarks(Figure figure) {
        this.figure = figure;
    }

    static List<Marks> of(Figure figure) {
        LayerToMarks marking = new LayerToMarks(figure);
        Bins bins = marking.sharedBins();
        return figure.layers().stream().map(layer -> marking.marks(layer, bins)).toList();
    }

    private Marks marks(Layer layer, Bins bins) {
        return switch (layer) {
            case Layer.Scatter(double[] x, double[] y, String label) -> dots(x, y, label);
            case Layer.Line(double[] x, double[] y, String label) -> curve(x, y, label);
            case Layer.Histogram histogram -> steps(histogram, bins);
            case Layer.Cells cells -> cells(cells);
            case Layer.Contours(var lines, double[] levels, String label) ->
                new Marks.Contours(lines, levels.length, graded(label, levels[0], levels[levels.length - 1]));
            case Layer.Arrows arrows -> arrows(arrows);
        };
    }

    private static Marks cells(Layer.Cells cells) {
        String label = cells.graded()
                .map(ends -> graded(cells.label(), ends[0], ends[1]))
                .orElse(cells.label());
        return new Marks.Cells(
                cells.pixels(),
                cells.extent(),
                cells.bare(),
                label,
                cells.graded().isPresent());
    }

    /** Appends the values at the ends of the palette to a label. */
    private static String graded(String label, double low, double high) {
        return (label.isEmpty() ? "" : label + ", ")
                + String.format(Locale.ROOT, "%.3g to %.3g", low, high).replace('-', '−');
    }

    private Marks arrows(Layer.Arrows arrows) {
        int[] seen = IntStream.range(0, arrows.x().length)
                .filter(k -> Double.isFinite(arrows.u()[k] + arrows.v()[k] + arrows.x()[k] + arrows.y()[k]))
                .toArray();
        return new Marks.Arrows(
                IntStream.of(seen).mapToDouble(k -> arrows.x()[k]).toArray(),
                IntStream.of(seen).mapToDouble(k -> arrows.y()[k]).toArray(),
                IntStream.of(seen)
                        .mapToDouble(k -> arrows.x()[k] + arrows.u()[k])
                        .toArray(),
                IntStream.of(seen)
                        .mapToDouble(k -> arrows.y()[k] + arrows.v()[k])
                        .toArray(),
                arrows.label(),
                arrows.x().length);
    }

    private Marks dots(double[] x, double[] y, String label) {
        Marks.Curve all = curve(x, y, label);
        int[] seen = IntStream.range(0, x.length)
                .filter(k -> !Double.isNaN(all.x()[k]))
                .toArray();
        return new Marks.Dots(
                IntStream.of(seen).mapToDouble(k -> all.x()[k]).toArray(),
                IntStream.of(seen).mapToDouble(k -> all.y()[k]).toArray(),
                label,
                x.length);
    }

    private Marks.Curve curve(double[] x, double[] y, String label) {
        double[] xs = new double[x.length];
        double[] ys = new double[x.length];
        int leftOut = 0;
        for (int k = 0; k < x.length; k++) {
            StopRequest.poll();
            xs[k] = Scale.measure(figure.x().log(), x[k]);
            ys[k] = Scale.measure(figure.y().log(), y[k]);
            if (Double.isNaN(xs[k] + ys[k])) {
                xs[k] = Double.NaN;
                ys[k] = Double.NaN;
                leftOut++;
            }
        }
        return new Marks.Curve(xs, ys, label, leftOut);
    }

    private Marks steps(Layer.Histogram histogram, Bins bins) {
        double[] measures = measures(histogram);
        int leftOut = histogram.values().length - measures.length;
        double[] heights = measures.length == 0 ? new double[0] : bins.density(measures);
        Arrays.setAll(heights, k -> Scale.measure(figure.y().log(), heights[k]));
        return new Marks.Steps(bins, heights, histogram.label(), histogram.values().length, leftOut);
    }

    private Bins sharedBins() {
        List<Layer.Histogram> histograms = figure.layers().stream()
                .filter(Layer.Histogram.class::isInstance)
                .map(Layer.Histogram.class::cast)
                .toList();
        int wanted = histograms.stream().mapToInt(Layer.Histogram::bins).max().orElse(0);
        return Bins.of(histograms.stream().map(this::measures).toList(), wanted);
    }

    private double[] measures(Layer.Histogram histogram) {
        return Arrays.stream(histogram.values())
                .map(value -> Scale.measure(figure.x().log(), value))
                .filter(measure -> !Double.isNaN(measure))
                .sorted()
                .toArray();
    }
}
