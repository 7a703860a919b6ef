package org.sdescript.plot;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sdescript.graph.Shape;
import org.sdescript.image.ImageStack;
import org.sdescript.image.Pixels;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.WorkLimits;

/** Layers of areas: images, and functions of the plane. */
public final class PictureFunctions implements BuiltinLibrary {
    private static final int MOST_LEVELS = 10_000;
    private static final int MOST_ARROWS = 1000;
    private static final int FINE = 120;

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("image", Builtin.onHost(call -> sheet(call, 1))),
                Map.entry("grid", Builtin.onHost(call -> sheet(call, call.integer("columns")))),
                Map.entry("heatmap", Builtin.onHost(PictureFunctions::heatmap)),
                Map.entry("contour", Builtin.onHost(PictureFunctions::contour)),
                Map.entry("quiver", Builtin.onHost(PictureFunctions::quiver)));
    }

    private static Value sheet(Call call, int columns) {
        Value x = call.tensor("x");
        long[] shape = call.tensors().shape(x).toArray();
        ImageStack images = ImageStack.of(shape, PlotFunctions.numbers(x, call))
                .filter(stack -> columns != 1 || stack.count() == 1)
                .orElseThrow(() -> call.diagnostic(
                                "E0743",
                                "a tensor of shape " + Arrays.toString(shape) + " is not what " + call.name()
                                        + " draws")
                        .help(
                                "an image is [height, width] or [channels, height, width] with 1 or 3 channels; `grid` takes"
                                        + " several, [n, channels, height, width]")
                        .raise());
        Pixels pixels = images.grid(columns);
        Layer.Extent extent = new Layer.Extent(0, pixels.width(), 0, pixels.height());
        return new PlotFunctions.LayerValue(new Layer.Cells(pixels, extent, true, "", Optional.empty()));
    }

    /** Heights on a grid, row-major, with a row for each y in ascending order. */
    private record Surface(double[] heights, double[] x, double[] y) {
        double[] ends() {
            var finite = Arrays.stream(heights).filter(Double::isFinite).summaryStatistics();
            return finite.getCount() == 0 ? new double[] {0, 0} : new double[] {finite.getMin(), finite.getMax()};
        }
    }

    private static Surface surface(Call call, String slot) {
        if (call.value(slot) instanceof Callable field) {
            SampleGrid lattice = new SampleGrid(ends(call, "x", -3, 3), ends(call, "y", Double.NaN, 0), FINE);
            double[] heights = PlotFunctions.numbers(lattice.values(field, call), call);
            if (heights.length != FINE * FINE) {
                throw call.diagnostic(
                                "E0744",
                                "the function gives " + heights.length + " numbers for " + FINE * FINE + " points")
                        .help("it takes points [n, 2] and gives a number for each, [n]")
                        .raise();
            }
            return new Surface(heights, lattice.x(), lattice.y());
        }
        Value z = call.tensor(slot);
        Shape shape = call.tensors().shape(z);
        if (shape.rank() != 2 || shape.elements() == 0) {
            throw call.diagnostic("E0743", "a tensor of shape " + shape + " is not what " + call.name() + " draws")
                    .help("heights are a matrix, [rows, columns], or a function of points [n, 2]")
                    .raise();
        }
        int rows = (int) shape.size(0);
        int columns = (int) shape.size(1);
        double[] x = SampleGrid.spread(ends(call, "x", 0, Math.max(1, columns - 1)), columns);
        double[] y = SampleGrid.spread(
                call.given("y").isPresent() ? ends(call, "y", 0, 1) : new double[] {0, Math.max(1, rows - 1)}, rows);
        return new Surface(PlotFunctions.numbers(z, call), x, y);
    }

    /** Returns the ends of an axis; y defaults to the ends of x. */
    private static double[] ends(Call call, String slot, double low, double high) {
        if (call.given(slot).isEmpty()) {
            return slot.equals("y") && Double.isNaN(low) ? ends(call, "x", -3, 3) : new double[] {low, high};
        }
        double[] ends = call.list(slot).stream()
                .mapToDouble(end -> Coercion.number(end, "an end of `" + slot + "`", call.place(slot)))
                .toArray();
        if (ends.length != 2 || !(ends[0] < ends[1])) {
            throw call.diagnostic("E0745", "`" + slot + "` is not the two ends of an axis")
                    .help("such as `" + slot + " = [-3, 3]`")
                    .raise();
        }
        return ends;
    }

    private static Value heatmap(Call call) {
        Surface surface = surface(call, "z");
        double[] ends = surface.ends();
        int columns = surface.x.length;
        int rows = surface.y.length;
        int[] rgb = new int[rows * columns];
        for (int k = 0; k < rgb.length; k++) {
            double height = surface.heights[(rows - 1 - k / columns) * columns + k % columns];
            rgb[k] = Palette.rgb(ends[1] > ends[0] ? (height - ends[0]) / (ends[1] - ends[0]) : 0);
        }
        double halfX = columns > 1 ? (surface.x[1] - surface.x[0]) / 2 : 0.5;
        double halfY = rows > 1 ? (surface.y[1] - surface.y[0]) / 2 : 0.5;
        Layer.Extent extent = new Layer.Extent(
                surface.x[0] - halfX,
                surface.x[columns - 1] + halfX,
                surface.y[0] - halfY,
                surface.y[rows - 1] + halfY);
        return new PlotFunctions.LayerValue(
                new Layer.Cells(new Pixels(columns, rows, rgb), extent, false, call.text("label"), Optional.of(ends)));
    }

    private static Value contour(Call call) {
        Surface surface = surface(call, "f");
        double[] levels = levels(call, surface.ends());
        List<Contour> lines = Contour.of(surface.heights, surface.x, surface.y, levels);
        return new PlotFunctions.LayerValue(new Layer.Contours(lines, levels, call.text("label")));
    }

    private static double[] levels(Call call, double[] ends) {
        if (call.value("levels") instanceof Value.ListValue(var given) && !given.isEmpty()) {
            requireFew(given.size(), call);
            return given.stream()
                    .mapToDouble(level -> Coercion.number(level, "a level", call.place("levels")))
                    .toArray();
        }
        int count = call.integer("levels");
        requireFew(count, call);
        return IntStream.range(0, count)
                .mapToDouble(k -> ends[0] + (k + 1.0) / (count + 1) * (ends[1] - ends[0]))
                .toArray();
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

    private static Value quiver(Call call) {
        int n = call.integer("n");
        WorkLimits.atMost(
                MOST_ARROWS,
                n,
                "arrows in each direction",
                "`n = 20` shows each arrow; `heatmap` shows a finer field",
                call.place("n"));
        SampleGrid lattice = new SampleGrid(ends(call, "x", -3, 3), ends(call, "y", Double.NaN, 0), n);
        double[] field = PlotFunctions.numbers(lattice.values(call.callable("f"), call), call);
        if (field.length != 2 * n * n) {
            throw call.diagnostic("E0744", "the function gives " + field.length + " numbers for " + n * n + " points")
                    .help("an arrow has two, as a score of points of the plane does: [n, 2]")
                    .raise();
        }
        double longest = IntStream.range(0, n * n)
                .mapToDouble(k -> Math.hypot(field[2 * k], field[2 * k + 1]))
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        double scale = longest > 0 ? lattice.distance() / longest : 1;
        double[] points = lattice.points();
        return new PlotFunctions.LayerValue(new Layer.Arrows(
                every(points, 0, 1),
                every(points, 1, 1),
                every(field, 0, scale),
                every(field, 1, scale),
                call.text("label")));
    }

    private static double[] every(double[] pairs, int which, double scale) {
        return IntStream.range(0, pairs.length / 2)
                .mapToDouble(k -> scale * pairs[2 * k + which])
                .toArray();
    }
}
