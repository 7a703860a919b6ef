package org.sdescript.plot;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** A picture of layers on common axes. Later layers are drawn over earlier ones. */
public record Figure(String title, List<Layer> layers, Axis x, Axis y, Appearance appearance) implements Chart {

    public enum Aspect {
        /** Equal units if all layers show the plane and the ranges of both axes are similar. */
        BY_CONTENT,
        EQUAL_UNITS,
        FREE
    }

    /** A size in units of 1/96 inch. */
    public record Size(double width, double height) {
        private static final double UNITS_PER_CENTIMETRE = 96 / 2.54;

        static Size ofCentimetres(double width, double height) {
            return new Size(width * UNITS_PER_CENTIMETRE, height * UNITS_PER_CENTIMETRE);
        }
    }

    /**
     * The look of the whole figure.
     *
     * @param size empty for 16 by 10 centimetres, reduced where equal units leave an unused margin
     * @param dpi pixels per inch of a PNG
     */
    public record Appearance(Aspect aspect, Optional<Size> size, LegendPlace legend, double dpi) {
        static final double USUAL_DPI = 200;
        static final Appearance USUAL = new Appearance(Aspect.BY_CONTENT, Optional.empty(), LegendPlace.TOP, USUAL_DPI);
    }

    public Figure {
        layers = List.copyOf(layers);
    }

    /** A figure without words. Functions are drawn over the range of the layers beside them. */
    public static Figure of(List<? extends LayerSource> sources) {
        return of(sources, Axis.PLAIN, Axis.PLAIN);
    }

    /** A figure without title. Functions are drawn over the limits of the axes, else over the range of the layers. */
    public static Figure of(List<? extends LayerSource> sources, Axis x, Axis y) {
        List<Layer> known = sources.stream()
                .filter(Layer.class::isInstance)
                .map(Layer.class::cast)
                .toList();
        Figure given = new Figure("", known, x, y, Appearance.USUAL);
        if (known.size() == sources.size()) {
            return given;
        }
        List<Marks> marks = LayerToMarks.of(new Figure("", known, Axis.PLAIN, Axis.PLAIN, Appearance.USUAL));
        Optional<AxisRange> across = x.limits().or(() -> range(marks.stream().flatMapToDouble(Marks::xs)));
        Optional<AxisRange> up = y.limits().or(() -> range(marks.stream().flatMapToDouble(Marks::ys)));
        List<Layer> all = sources.stream()
                .map(source -> switch (source) {
                    case Layer layer -> layer;
                    case FunctionLayer function -> function.over(across, up);
                })
                .toList();
        boolean fills = sources.stream().anyMatch(each -> each instanceof FunctionLayer layer && layer.follows());
        return new Figure("", all, fills ? ending(x, across) : x, fills ? ending(y, up) : y, Appearance.USUAL);
    }

    /** Ends an axis where its functions end, so that they fill the plot. */
    private static Axis ending(Axis axis, Optional<AxisRange> range) {
        return axis.log() || range.isEmpty() ? axis : axis.limits(range.get());
    }

    private static Optional<AxisRange> range(DoubleStream values) {
        double[] finite = values.filter(Double::isFinite).toArray();
        return finite.length == 0
                ? Optional.empty()
                : Optional.of(AxisRange.of(DoubleStream.of(finite)).withMargins());
    }

    /** Labels the y axis of histograms as density if the script gives no label. */
    Figure withUsualLabels() {
        boolean bars = !layers.isEmpty() && layers.stream().allMatch(Layer.Histogram.class::isInstance);
        return bars && y.label().isEmpty() ? y(y.label("density")) : this;
    }

    public Figure title(String text) {
        return new Figure(text, layers, x, y, appearance);
    }

    public Figure x(Axis axis) {
        return new Figure(title, layers, axis, y, appearance);
    }

    public Figure y(Axis axis) {
        return new Figure(title, layers, x, axis, appearance);
    }

    public Figure aspect(Aspect choice) {
        return appearance(new Appearance(choice, appearance.size, appearance.legend, appearance.dpi));
    }

    public Figure appearance(Appearance look) {
        return new Figure(title, layers, x, y, look);
    }

    /** Sets the size in units of 1/96 inch. */
    public Figure size(double width, double height) {
        return appearance(new Appearance(
                appearance.aspect, Optional.of(new Size(width, height)), appearance.legend, appearance.dpi));
    }

    @Override
    public double dpi() {
        return appearance.dpi;
    }

    @Override
    public List<Figure> figures() {
        return List.of(this);
    }

    @Override
    public String describe() {
        return layers.size() == 1
                ? "figure: " + layers.getFirst().describe()
                : "figure of " + layers.size() + " layers";
    }
}
