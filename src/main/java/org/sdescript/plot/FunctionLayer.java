package org.sdescript.plot;

import java.util.Optional;
import java.util.function.Function;

/**
 * A function of the plane as a layer. Without ends of its own it is drawn over the range of the layers beside it.
 *
 * @param describe the content in a few words
 * @param x the ends on the x axis, if the script gives them
 * @param y the ends on the y axis, if the script gives them
 * @param inset the part of a range that stays free at each end, unless the script gives the ends
 * @param sampling evaluates the function over a rectangle
 */
public record FunctionLayer(
        String describe,
        Optional<AxisRange> x,
        Optional<AxisRange> y,
        double inset,
        Function<Layer.Extent, Layer> sampling)
        implements LayerSource {
    /** The ends of an axis where nothing else tells them. */
    static final AxisRange USUAL = new AxisRange(-3, 3);

    /** Returns the layer over its own ends, else over the given ones. */
    Layer over(Optional<AxisRange> usualX, Optional<AxisRange> usualY) {
        AxisRange across = x.or(() -> usualX.map(this::inner)).orElse(USUAL);
        // a script that gives x alone means a square
        AxisRange up = y.or(() -> x).or(() -> usualY.map(this::inner)).orElse(USUAL);
        return sampling.apply(new Layer.Extent(across.low(), across.high(), up.low(), up.high()));
    }

    private AxisRange inner(AxisRange range) {
        return new AxisRange(range.low() + inset * range.length(), range.high() - inset * range.length());
    }

    /** True if the layer has the range of its figure. */
    boolean follows() {
        return x.isEmpty() && y.isEmpty();
    }
}
