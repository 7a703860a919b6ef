package org.sdescript.plot;

import java.util.Optional;
import java.util.function.Function;

/**
 * A function of the plane as a layer. Without ends of its own it is drawn over the range of the layers beside it.
 *
 * @param describe the content in a few words
 * @param x the ends on the x axis, if the script gives them
 * @param y the ends on the y axis, if the script gives them
 * @param sampling evaluates the function over a rectangle
 */
public record FunctionLayer(
        String describe, Optional<AxisRange> x, Optional<AxisRange> y, Function<Layer.Extent, Layer> sampling)
        implements LayerSource {
    /** The ends of an axis where nothing else tells them. */
    static final AxisRange USUAL = new AxisRange(-3, 3);

    /** Returns the layer over its own ends, else over the given ones. */
    Layer over(Optional<AxisRange> usualX, Optional<AxisRange> usualY) {
        AxisRange across = x.or(() -> usualX).orElse(USUAL);
        // a script that gives x alone means a square
        AxisRange up = y.or(() -> x).or(() -> usualY).orElse(USUAL);
        return sampling.apply(new Layer.Extent(across.low(), across.high(), up.low(), up.high()));
    }
}
