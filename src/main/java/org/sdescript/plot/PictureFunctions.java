package org.sdescript.plot;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.image.ImageStack;
import org.sdescript.image.Pixels;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Value;

/** Layers of areas: images, and functions of the plane. */
public final class PictureFunctions implements BuiltinLibrary {
    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("image", Builtin.onHost(PictureFunctions::image)),
                Map.entry("grid", Builtin.onHost(PictureFunctions::grid)),
                Map.entry("heatmap", Builtin.onHost(SurfaceFunctions::heatmap)),
                Map.entry("contour", Builtin.onHost(SurfaceFunctions::contour)),
                Map.entry("hist2d", Builtin.onHost(PictureFunctions::histogram)),
                Map.entry("quiver", Builtin.onHost(FieldFunctions::quiver)));
    }

    private static Value image(Call call) {
        ImageStack images = images(call);
        if (images.count() != 1) {
            throw noPicture(call);
        }
        return sheet(images, 1);
    }

    private static Value grid(Call call) {
        return sheet(images(call), call.integer("columns"));
    }

    private static ImageStack images(Call call) {
        Value x = call.tensor("x");
        return ImageStack.of(call.tensors().shape(x).toArray(), MarkFunctions.numbers(x, call))
                .orElseThrow(() -> noPicture(call));
    }

    private static RuntimeException noPicture(Call call) {
        long[] shape = call.tensors().shape(call.tensor("x")).toArray();
        return call.diagnostic(
                        "E0743",
                        "a tensor of shape " + Arrays.toString(shape) + " is not what " + call.name() + " draws")
                .help("an image is [height, width] or [channels, height, width] with 1 or 3 channels; `grid` takes"
                        + " several, [n, channels, height, width]")
                .raise();
    }

    private static Value sheet(ImageStack images, int columns) {
        Pixels pixels = images.grid(columns);
        Layer.Extent extent = new Layer.Extent(0, pixels.width(), 0, pixels.height());
        return new LayerValue(new Layer.Cells(pixels, extent, true, Optional.empty(), MarkStyle.labelled("")));
    }

    private static Value histogram(Call call) {
        double[][] points = MarkFunctions.points(call);
        int bins = call.integer("bins");
        AxisRange x = AxisRange.of(Arrays.stream(points[0]));
        AxisRange y = AxisRange.of(Arrays.stream(points[1]));
        double[] density = new double[bins * bins];
        double cell = x.length() / bins * (y.length() / bins);
        for (int k = 0; k < points[0].length; k++) {
            if (Double.isFinite(points[0][k] + points[1][k])) {
                density[bin(points[1][k], y, bins) * bins + bin(points[0][k], x, bins)] +=
                        1 / (points[0].length * cell);
            }
        }
        AxisRange range = new AxisRange(0, Math.max(Arrays.stream(density).max().orElse(0), Double.MIN_NORMAL));
        Layer.Extent extent = new Layer.Extent(x.low(), x.high(), y.low(), y.high());
        MarkStyle style = StyleArguments.of(call, 0);
        return new LayerValue(new Layer.Cells(
                SurfaceFunctions.coloured(density, bins, range),
                extent,
                false,
                Optional.of(range),
                style.label().isEmpty() ? MarkStyle.labelled("density") : style));
    }

    private static int bin(double value, AxisRange range, int bins) {
        return Math.clamp((long) ((value - range.low()) / range.length() * bins), 0, bins - 1);
    }

    /** Returns the ends of an axis that the call gives. */
    static Optional<AxisRange> ends(Call call, String slot) {
        if (call.given(slot).isEmpty()) {
            return Optional.empty();
        }
        List<Double> ends = StyleArguments.list(call, slot);
        FigureChecks.ends(slot, ends, null).ifPresent(refusal -> {
            throw call.diagnostic("E0745", refusal.message())
                    .help("such as `" + slot + " = [-3, 3]`")
                    .raise();
        });
        return Optional.of(new AxisRange(ends.getFirst(), ends.getLast()));
    }
}
