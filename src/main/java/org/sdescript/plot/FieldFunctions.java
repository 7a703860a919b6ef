package org.sdescript.plot;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.WorkLimits;

/** {@code quiver}: arrows of a field of the plane. */
final class FieldFunctions {
    private static final int MOST_ARROWS = 1000;

    private FieldFunctions() {}

    static Value quiver(Call call) {
        int n = call.integer("n");
        WorkLimits.atMost(
                MOST_ARROWS,
                n,
                "arrows in each direction",
                "`n = 20` shows each arrow; `heatmap` shows a finer field",
                call.place("n"));
        Callable field = call.callable("f");
        MarkStyle style = style(call);
        FunctionLayer layer = new FunctionLayer(
                "field of " + n * n + " arrows",
                PictureFunctions.ends(call, "x"),
                PictureFunctions.ends(call, "y"),
                0.5 / n,
                extent -> arrows(call, field, new SampleGrid(extent, n), style));
        return new LayerValue(layer, List.of(call.value("f")));
    }

    /** Returns the style; lengths as colours are known when the field is sampled. */
    private static MarkStyle style(Call call) {
        MarkStyle style = StyleArguments.withoutNumbers(call);
        return call.given("by").isPresent() ? style.by(new double[0]) : style;
    }

    private static Layer arrows(Call call, Callable field, SampleGrid lattice, MarkStyle style) {
        double[] points = lattice.points();
        double[] values = MarkFunctions.numbers(lattice.values(field, call), call);
        if (values.length != points.length) {
            throw call.diagnostic(
                            "E0744",
                            "the function gives " + values.length + " numbers for " + points.length / 2 + " points")
                    .help("an arrow has two, as a score of points of the plane does: [n, 2]")
                    .raise();
        }
        double[] lengths = IntStream.range(0, points.length / 2)
                .mapToDouble(k -> Math.hypot(values[2 * k], values[2 * k + 1]))
                .toArray();
        double longest = IntStream.range(0, lengths.length)
                .mapToDouble(k -> lengths[k])
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        double scale = longest > 0 ? lattice.distance() / longest : 1;
        Optional<double[]> coloured = style.by().map(by -> lengths);
        return new Layer.Arrows(
                every(points, 0, 1),
                every(points, 1, 1),
                every(values, 0, scale),
                every(values, 1, scale),
                coloured.map(style::by).orElse(style));
    }

    private static double[] every(double[] pairs, int which, double scale) {
        return IntStream.range(0, pairs.length / 2)
                .mapToDouble(k -> scale * pairs[2 * k + which])
                .toArray();
    }
}
