package org.sdescript.plot;

import java.util.List;
import java.util.Optional;

/**
 * The content of a picture. Later layers are drawn over earlier ones.
 *
 * @param size the size; empty for 800 by 520, reduced where equal units leave an unused margin
 */
public record Figure(String title, List<Layer> layers, Axis x, Axis y, Aspect aspect, Optional<Size> size) {

    public enum Aspect {
        /** Equal units if all layers show the plane and the ranges of both axes are similar. */
        BY_CONTENT,
        EQUAL_UNITS,
        FREE
    }

    /** A size in units of 1/96 inch; a PNG has two pixels per unit. */
    public record Size(double width, double height) {}

    public Figure {
        layers = List.copyOf(layers);
    }

    public static Figure of(List<? extends Layer> layers) {
        return new Figure("", List.copyOf(layers), Axis.PLAIN, Axis.PLAIN, Aspect.BY_CONTENT, Optional.empty());
    }

    /** Labels the y axis of histograms as density if the script gives no label. */
    Figure withUsualLabels() {
        boolean bars = !layers.isEmpty() && layers.stream().allMatch(Layer.Histogram.class::isInstance);
        return bars && y.label().isEmpty() ? y(new Axis("density", y.log())) : this;
    }

    public Figure title(String text) {
        return new Figure(text, layers, x, y, aspect, size);
    }

    public Figure x(Axis axis) {
        return new Figure(title, layers, axis, y, aspect, size);
    }

    public Figure y(Axis axis) {
        return new Figure(title, layers, x, axis, aspect, size);
    }

    public Figure aspect(Aspect choice) {
        return new Figure(title, layers, x, y, choice, size);
    }

    public Figure size(double width, double height) {
        return new Figure(title, layers, x, y, aspect, Optional.of(new Size(width, height)));
    }
}
