package org.sdescript.plot;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sdescript.check.Kind;
import org.sdescript.check.NumberRange;
import org.sdescript.check.ParameterType;
import org.sdescript.graph.Shape;
import org.sdescript.image.ImageStack;
import org.sdescript.image.Pixels;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Chapter;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.WorkLimits;

/** Layers of areas: images, and functions of the plane. */
public final class PictureFunctions implements BuiltinLibrary {
    private static final int MOST_LEVELS = 10_000;
    private static final int MOST_ARROWS = 1000;
    private static final int FINE = 120;
    private static final Value USUAL = Value.list(List.of(Value.number(-3), Value.number(3)));

    @Override
    public Chapter theme() {
        return Chapter.OUTPUT;
    }

    @Override
    public List<Builtin> builtins() {
        return List.of(
                Builtin.named("image", "x")
                        .onHost()
                        .gives(Kind.LAYER)
                        .doc(
                                "A picture without axes, [height, width] or [1 or 3 channels, height, width], from −1 (dark)"
                                        + " to 1.")
                        .example("plot(image(glyphs(1).x[0]), to = \"digit.png\")")
                        .is(call -> sheet(call, 1)),
                Builtin.named("grid", "x")
                        .onHost()
                        .option("columns", 0)
                        .wants("columns", ParameterType.number(NumberRange.wholeFrom(0)))
                        .gives(Kind.LAYER)
                        .doc("Pictures [n, channels, height, width] side by side, from −1 (dark) to 1, in `columns`"
                                + " columns. With columns = 0, there are about as many columns as rows.")
                        .example("plot(grid(glyphs(40), columns = 10), to = \"digits.png\")")
                        .is(call -> sheet(call, call.integer("columns"))),
                over(Builtin.named("heatmap", "z"), true)
                        .doc(
                                "Heights as colours: of a matrix, whose rows go up with y, or of a function of points [n, 2]"
                                        + " that returns one number for each point. With `t`, the function takes (x, t).")
                        .example("truth = mixture(weights = [0.3, 0.7], means = [[-1, 0], [1, 1]], stds = [0.5, 0.5])\n"
                                + "plot(heatmap(truth.log_prob, x = [-2, 2]), to = \"density.png\")")
                        .is(PictureFunctions::heatmap),
                over(Builtin.named("contour", "f"), true)
                        .option("levels", 8)
                        .wants("levels", ParameterType.number(NumberRange.COUNT).orList())
                        .doc(
                                "Contour lines of a matrix, whose rows go up with y, or of a function of points [n, 2]. With"
                                        + " `t`, the function takes (x, t). `levels` is the number of evenly spaced levels, or a list"
                                        + " of levels.")
                        .example("truth = mixture(weights = [0.3, 0.7], means = [[-1, 0], [1, 1]], stds = [0.5, 0.5])\n"
                                + "plot(scatter(truth.sample(200)), contour(truth.log_prob), to = \"density.png\")")
                        .is(PictureFunctions::contour),
                over(Builtin.named("quiver", "f"), false)
                        .option("n", 20)
                        .wants("n", ParameterType.number(NumberRange.wholeFrom(2)))
                        .doc("A field of arrows: of a score at time t, or of any function of points [n, 2] that returns"
                                + " [n, 2]. There are n arrows in each direction; the longest arrow is as long as the distance"
                                + " between neighbours.")
                        .example(
                                "score = normal(mean = 1).score(VP())\nplot(quiver(score, t = 0.1), to = \"field.png\")")
                        .is(PictureFunctions::quiver));
    }

    private static Builtin.Declared over(Builtin.Declared declared, boolean takesMatrix) {
        return declared.onHost()
                .option("t", Value.None.NONE)
                .option("x", takesMatrix ? Value.None.NONE : USUAL)
                .option("y", Value.None.NONE)
                .option("label", Value.text(""))
                .wants("t", ParameterType.number(NumberRange.REAL))
                .wants("x", ParameterType.A_LIST)
                .wants("y", ParameterType.A_LIST)
                .wants("label", ParameterType.A_STRING)
                .gives(Kind.LAYER);
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
