package org.sdescript.plot;

import java.util.Arrays;
import java.util.Optional;
import org.sdescript.plot.canvas.Colour;
import org.sdescript.plot.canvas.Palette;

/**
 * The look of a layer in its figure.
 *
 * @param colour the colour of the layer: its own, or that of its place in the figure
 * @param series the place in the figure among the layers that have a colour of their own
 */
record Look(MarkStyle style, Colour colour, int series) {
    String label() {
        return style.label();
    }

    /** Returns the values at the ends of the palette, if the colour shows a number. */
    Optional<AxisRange> graded() {
        return style.by().map(values -> AxisRange.of(Arrays.stream(values)));
    }

    /** Returns the colour of an element of the layer. */
    Colour colour(int element) {
        if (style.by().isEmpty()) {
            return colour;
        }
        AxisRange range = graded().orElseThrow();
        double value = style.by().get()[element];
        return new Colour(Palette.step((value - range.low()) / range.length()), 1);
    }
}
