package org.sdescript.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.plot.canvas.Colour;

/** Converts the layers of a figure to marks: measures numbers on the axes and omits those that the axes cannot show. */
final class LayerToMarks {
    /** The part of the distance between bars that they fill. */
    private static final double FILLED = 0.8;

    private final Figure figure;
    private final Bins bins;
    private final List<Layer.Bars> bars;

    private LayerToMarks(Figure figure) {
        this.figure = figure;
        this.bins = sharedBins();
        this.bars = layers(Layer.Bars.class);
    }

    static List<Marks> of(Figure figure) {
        LayerToMarks marking = new LayerToMarks(figure);
        List<Marks> marks = new ArrayList<>();
        int series = 0;
        Look before = new Look(MarkStyle.labelled(""), Colour.series(0), 0);
        for (Layer layer : figure.layers()) {
            Look look = marking.look(layer, series, before, marks.isEmpty());
            if (look.series() == series) {
                series++;
                before = look;
            }
            marks.add(marking.marks(layer, look));
        }
        return marks;
    }

    /**
     * Returns the look of a layer. Rules and notes are grey; a band or error bars without a label belong to the layer
     * before them, and have its colour. Every other layer has the next colour of the palette.
     */
    private Look look(Layer layer, int series, Look before, boolean first) {
        MarkStyle style = layer.style();
        boolean grey = layer instanceof Layer.Rules || layer instanceof Layer.Note;
        boolean belongs =
                !first && style.label().isEmpty() && (layer instanceof Layer.Band || layer instanceof Layer.ErrorBars);
        Colour usual = grey ? Colour.SOFT_INK : belongs ? before.colour() : Colour.series(series);
        return new Look(style, style.colour().orElse(usual), grey ? -1 : belongs ? before.series() : series);
    }

    private Marks marks(Layer layer, Look look) {
        return switch (layer) {
            case Layer.Scatter(double[] x, double[] y, MarkStyle style) -> dots(x, y, look);
            case Layer.Line(double[] x, double[] y, MarkStyle style) -> curve(x, y, look);
            case Layer.Stairs stairs -> curve(corners(stairs.x(), stairs.y().length), twice(stairs.y()), look);
            case Layer.ErrorBars errorBars -> whiskers(errorBars, look);
            case Layer.Band band -> area(band, look);
            case Layer.Bars columns -> columns(columns, look);
            case Layer.Paths paths ->
                new Marks.Paths(
                        paths.paths().stream()
                                .map(path -> curve(path.x(), path.y(), look))
                                .toList(),
                        paths.plane(),
                        look);
            case Layer.Rules rules -> rules(rules, look);
            case Layer.Note note ->
                new Marks.Words(
                        Scale.measure(figure.x().log(), note.x()),
                        Scale.measure(figure.y().log(), note.y()),
                        note.text(),
                        look);
            case Layer.Histogram histogram -> steps(histogram, look);
            case Layer.Cells cells -> new Marks.Cells(cells, look);
            case Layer.Contours contours -> new Marks.Contours(contours.lines(), contours.levels(), look);
            case Layer.Arrows arrows -> arrows(arrows, look);
        };
    }

    private static double[] picked(double[] values, int[] which) {
        return IntStream.of(which).mapToDouble(k -> values[k]).toArray();
    }

    private static double[] sums(double[] first, double[] second, int sign) {
        double[] sums = new double[first.length];
        Arrays.setAll(sums, k -> first[k] + sign * second[k]);
        return sums;
    }

    private static Marks arrows(Layer.Arrows arrows, Look look) {
        int[] seen = IntStream.range(0, arrows.x().length)
                .filter(k -> Double.isFinite(arrows.u()[k] + arrows.v()[k] + arrows.x()[k] + arrows.y()[k]))
                .toArray();
        return new Marks.Arrows(
                picked(arrows.x(), seen),
                picked(arrows.y(), seen),
                picked(sums(arrows.x(), arrows.u(), 1), seen),
                picked(sums(arrows.y(), arrows.v(), 1), seen),
                seen,
                look,
                arrows.x().length);
    }

    private Marks.Dots dots(double[] x, double[] y, Look look) {
        Marks.Curve all = curve(x, y, look);
        int[] seen = IntStream.range(0, x.length)
                .filter(k -> !Double.isNaN(all.x()[k]))
                .toArray();
        return new Marks.Dots(picked(all.x(), seen), picked(all.y(), seen), seen, look, x.length);
    }

    private Marks.Curve curve(double[] x, double[] y, Look look) {
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
        return new Marks.Curve(xs, ys, look, leftOut);
    }

    /** Returns both ends of each step; the last step has no length if no place follows it. */
    private static double[] corners(double[] x, int steps) {
        double[] corners = new double[2 * steps];
        Arrays.setAll(corners, k -> x[Math.min((k + 1) / 2, x.length - 1)]);
        return corners;
    }

    private static double[] twice(double[] y) {
        double[] twice = new double[2 * y.length];
        Arrays.setAll(twice, k -> y[k / 2]);
        return twice;
    }

    private Marks whiskers(Layer.ErrorBars bars, Look look) {
        Marks.Dots dots = dots(bars.x(), bars.y(), look);
        boolean log = figure.y().log();
        return new Marks.Whiskers(
                dots,
                Arrays.stream(picked(sums(bars.y(), bars.below(), -1), dots.elements()))
                        .map(end -> Scale.measure(log, end))
                        .toArray(),
                Arrays.stream(picked(sums(bars.y(), bars.above(), 1), dots.elements()))
                        .map(end -> Scale.measure(log, end))
                        .toArray());
    }

    private Marks area(Layer.Band band, Look look) {
        Marks.Curve low = curve(band.x(), band.low(), look);
        Marks.Curve high = curve(band.x(), band.high(), look);
        int leftOut = 0;
        for (int k = 0; k < band.x().length; k++) {
            if (Double.isNaN(low.x()[k] + high.x()[k])) {
                for (double[] all : List.of(low.x(), low.y(), high.x(), high.y())) {
                    all[k] = Double.NaN;
                }
                leftOut++;
            }
        }
        return new Marks.Area(
                new Marks.Curve(low.x(), low.y(), look, leftOut), new Marks.Curve(high.x(), high.y(), look, leftOut));
    }

    /** Bars of several layers share the room of one. */
    private Marks columns(Layer.Bars layer, Look look) {
        double room = FILLED * distance();
        double width = room / bars.size();
        double from = -room / 2 + width * bars.indexOf(layer);
        boolean logX = figure.x().log();
        boolean logY = figure.y().log();
        return new Marks.Columns(
                Arrays.stream(layer.x()).map(x -> Scale.measure(logX, x + from)).toArray(),
                Arrays.stream(layer.x())
                        .map(x -> Scale.measure(logX, x + from + width))
                        .toArray(),
                Arrays.stream(layer.heights())
                        .map(height -> Scale.measure(logY, height))
                        .toArray(),
                Scale.measure(logY, 0),
                layer.names(),
                look,
                layer.x().length);
    }

    /** Returns the smallest distance between places of bars; 1 for a single place. */
    private double distance() {
        double[] places = bars.stream()
                .flatMapToDouble(each -> Arrays.stream(each.x()))
                .filter(Double::isFinite)
                .sorted()
                .distinct()
                .toArray();
        return IntStream.range(1, places.length)
                .mapToDouble(k -> places[k] - places[k - 1])
                .min()
                .orElse(1);
    }

    private Marks rules(Layer.Rules rules, Look look) {
        boolean log = rules.upright() ? figure.x().log() : figure.y().log();
        double[] at = Arrays.stream(rules.at())
                .map(place -> Scale.measure(log, place))
                .filter(place -> !Double.isNaN(place))
                .toArray();
        return new Marks.Rules(rules.upright(), at, look, rules.at().length);
    }

    private Marks steps(Layer.Histogram histogram, Look look) {
        double[] measures = measures(histogram);
        int leftOut = histogram.values().length - measures.length;
        double[] heights = measures.length == 0 ? new double[0] : bins.density(measures);
        Arrays.setAll(heights, k -> Scale.measure(figure.y().log(), heights[k]));
        return new Marks.Steps(bins, heights, look, histogram.values().length, leftOut);
    }

    private <T extends Layer> List<T> layers(Class<T> kind) {
        return figure.layers().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private Bins sharedBins() {
        List<Layer.Histogram> histograms = layers(Layer.Histogram.class);
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
