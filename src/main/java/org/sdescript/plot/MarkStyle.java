package org.sdescript.plot;

import java.util.Optional;
import java.util.OptionalDouble;
import org.sdescript.plot.canvas.Colour;
import org.sdescript.plot.canvas.Dash;

/**
 * The look of a layer as far as a script chooses it; everything else follows from the figure.
 *
 * @param label the name in the legend or beside the colour bar; empty for none
 * @param colour one colour for the whole layer
 * @param alpha the opacity, from 0 to 1
 * @param size the diameter of points or the size of letters, in points of 1/72 inch
 * @param marker the shape of points
 * @param width the width of lines, in points
 * @param dash the pattern of lines
 * @param by a number for each point, path or bar, shown as its colour; replaces the colour
 */
public record MarkStyle(
        String label,
        Optional<Colour> colour,
        OptionalDouble alpha,
        OptionalDouble size,
        Optional<Marker> marker,
        OptionalDouble width,
        Dash dash,
        Optional<double[]> by) {
    /** Units of a figure per point. */
    static final double UNITS = 96.0 / 72;

    /** A layer with a label and the look that its figure gives it. */
    public static MarkStyle labelled(String label) {
        return new MarkStyle(
                label,
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                Dash.SOLID,
                Optional.empty());
    }

    /** Returns this look in one colour. */
    public MarkStyle in(Colour one) {
        return new MarkStyle(label, Optional.of(one), alpha, size, marker, width, dash, by);
    }

    /** Returns this look with points of a diameter, in points of 1/72 inch. */
    public MarkStyle sized(double points) {
        return new MarkStyle(label, colour, alpha, OptionalDouble.of(points), marker, width, dash, by);
    }

    /** Returns the opacity, or a usual one. */
    double opacity(double usual) {
        return alpha.orElse(usual);
    }

    /** Returns the width of lines in units of a figure, or a usual one. */
    double lineWidth(double usual) {
        return width.isPresent() ? width.getAsDouble() * UNITS : usual;
    }

    /** Returns the radius of points in units of a figure, or a usual one. */
    double radius(double usual) {
        return size.isPresent() ? size.getAsDouble() * UNITS / 2 : usual;
    }

    MarkStyle by(double[] values) {
        return new MarkStyle(label, colour, alpha, size, marker, width, dash, Optional.of(values));
    }
}
