package org.sdescript.plot;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sdescript.graph.Shape;
import org.sdescript.image.Pixels;
import org.sdescript.plot.canvas.Palette;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.WorkLimits;

/** {@code heatmap} and {@code contour}: heights over the plane, from a matrix or a function. */
final class SurfaceFunctions {
    private static final int MOST_LEVELS = 10_000;
    /** Points along each axis at which a function is evaluated. */
    private static final int FINE = 120;

    /** The shares of the mass inside the contours of a log density, unless the script chooses. */
    private static final double[] MASSES = {0.1, 0.25, 0.5, 0.75, 0.9, 0.99};

    private SurfaceFunctions() {}

    /** Heights on a grid, row-major, with a row for each y in ascending order. */
    private record Surface(double[] heights, double[] x, double[] y) {
        AxisRange range() {
            var finite = Arrays.stream(heights).filter(Double::isFinite).summaryStatistics();
            return finite.getCount() == 0 ? new AxisRange(0, 0) : new AxisRange(finite.getMin(), finite.getMax());
        }
    }

    static Value heatmap(Call call) {
        MarkStyle style = StyleArguments.of(call, 0);
        return layer(call, "z", "heat map", surface -> heatmap(surface, style));
    }

    private static Layer heatmap(Surface surface, MarkStyle style) {
        int columns = surface.x.length;
        int rows = surface.y.length;
        double halfX = columns > 1 ? (surface.x[1] - surface.x[0]) / 2 : 0.5;
        double halfY = rows > 1 ? (surface.y[1] - surface.y[0]) / 2 : 0.5;
        Layer.Extent extent = new Layer.Extent(
                surface.x[0] - halfX,
                surface.x[columns - 1] + halfX,
                surface.y[0] - halfY,
                surface.y[rows - 1] + halfY);
        AxisRange range = surface.range();
        return new Layer.Cells(
                coloured(surface.heights, columns, range),
                extent,
                false,
                Optional.of(AxisRange.of(Arrays.stream(new double[] {range.low(), range.high()}))),
                style);
    }

    /** Returns heights as colours; the last row is on top. */
    static Pixels coloured(double[] heights, int columns, AxisRange range) {
        int rows = heights.length / columns;
        int[] rgb = new int[heights.length];
        for (int k = 0; k < rgb.length; k++) {
            double height = heights[(rows - 1 - k / columns) * columns + k % columns];
            rgb[k] = Palette.rgb(range.length() > 0 ? (height - range.low()) / range.length() : 0);
        }
        return new Pixels(columns, rows, rgb);
    }

    static Value contour(Call call) {
        MarkStyle style = StyleArguments.of(call, 0);
        Function<Surface, ContourLevels> levels = levels(call);
        return layer(call, "f", "contours", surface -> {
            ContourLevels chosen = levels.apply(surface);
            return new Layer.Contours(
                    Contour.of(surface.heights, surface.x, surface.y, chosen.heights()), chosen, style);
        });
    }

    /** Returns the layer of a matrix, or of a function that is sampled when its figure knows the range. */
    private static Value layer(Call call, String slot, String name, Function<Surface, Layer> drawing) {
        if (!(call.value(slot) instanceof Callable field)) {
            return new LayerValue(drawing.apply(matrix(call, slot)));
        }
        FunctionLayer layer = new FunctionLayer(
                name + " of " + call.value(slot).words(),
                PictureFunctions.ends(call, "x"),
                PictureFunctions.ends(call, "y"),
                0,
                extent -> drawing.apply(sampled(call, field, extent)));
        return new LayerValue(layer, List.of(call.value(slot)));
    }

    private static Surface sampled(Call call, Callable field, Layer.Extent extent) {
        SampleGrid lattice = new SampleGrid(extent, FINE);
        double[] heights = MarkFunctions.numbers(lattice.values(field, call), call);
        if (heights.length != FINE * FINE) {
            throw call.diagnostic(
                            "E0744", "the function gives " + heights.length + " numbers for " + FINE * FINE + " points")
                    .help("it takes points [n, 2] and gives a number for each, [n]")
                    .raise();
        }
        return new Surface(heights, lattice.x(), lattice.y());
    }

    private static Surface matrix(Call call, String slot) {
        Value z = call.tensor(slot);
        Shape shape = call.tensors().shape(z);
        if (shape.rank() != 2 || shape.elements() == 0) {
            throw call.diagnostic("E0743", "a tensor of shape " + shape + " is not what " + call.name() + " draws")
                    .help("heights are a matrix, [rows, columns], or a function of points [n, 2]")
                    .raise();
        }
        int rows = (int) shape.size(0);
        int columns = (int) shape.size(1);
        return new Surface(
                MarkFunctions.numbers(z, call),
                SampleGrid.spread(
                        PictureFunctions.ends(call, "x").orElse(new AxisRange(0, Math.max(1, columns - 1))), columns),
                SampleGrid.spread(
                        PictureFunctions.ends(call, "y").orElse(new AxisRange(0, Math.max(1, rows - 1))), rows));
    }

    /** Returns the choice of levels: given heights, shares of a log density's mass, or evenly spaced heights. */
    private static Function<Surface, ContourLevels> levels(Call call) {
        Optional<double[]> masses = masses(call);
        if (masses.isPresent()) {
            requireFew(masses.get().length, call);
            return surface -> ContourLevels.ofMass(surface.heights, masses.get());
        }
        if (call.value("levels") instanceof Value.ListValue(var given) && !given.isEmpty()) {
            requireFew(given.size(), call);
            double[] heights = given.stream()
                    .mapToDouble(level -> Coercion.number(level, "a level", call.place("levels")))
                    .sorted()
                    .toArray();
            return surface -> ContourLevels.of(heights);
        }
        int count = call.integer("levels");
        requireFew(count, call);
        return surface -> ContourLevels.between(surface.range(), count);
    }

    /** Returns the shares of mass that the call gives; for a log density without levels, the usual ones. */
    private static Optional<double[]> masses(Call call) {
        if (call.given("mass").isEmpty()) {
            boolean chosen = call.argument("levels").isPresent();
            return !chosen && isLogDensity(call.value("f")) ? Optional.of(MASSES) : Optional.empty();
        }
        double[] shares = call.value("mass") instanceof Value.ListValue
                ? StyleArguments.list(call, "mass").stream()
                        .mapToDouble(each -> each)
                        .toArray()
                : new double[] {call.number("mass")};
        for (double share : shares) {
            if (!(share > 0 && share < 1)) {
                throw call.diagnostic("E0745", "a share of the mass lies between 0 and 1")
                        .help("such as `mass = [0.5, 0.9]`")
                        .raise();
            }
        }
        return Optional.of(shares);
    }

    /** True for the log densities of laws, by their names. */
    private static boolean isLogDensity(Value f) {
        if (!(f instanceof Callable callable)) {
            return false;
        }
        String name = callable.signature().name();
        return name.endsWith("log_prob") || name.endsWith("log_density");
    }

    /** Throws for too many levels, since the cost is levels times cells. */
    private static void requireFew(int levels, Call call) {
        WorkLimits.atMost(
                MOST_LEVELS,
                levels,
                "levels of a contour",
                "`levels = 20` can still be told apart; `heatmap` shows all heights",
                call.place("levels"));
    }
}
