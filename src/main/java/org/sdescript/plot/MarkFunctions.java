package org.sdescript.plot;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.WorkLimits;

/** Layers of points, lines, bars and words. */
public final class MarkFunctions implements BuiltinLibrary {
    private static final int MOST_BINS = 100_000;

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("scatter", Builtin.onHost(MarkFunctions::scatter)),
                Map.entry("line", Builtin.onHost(MarkFunctions::line)),
                Map.entry("steps", Builtin.onHost(MarkFunctions::steps)),
                Map.entry("errorbar", Builtin.onHost(MarkFunctions::errorBars)),
                Map.entry("band", Builtin.onHost(MarkFunctions::band)),
                Map.entry("bar", Builtin.onHost(MarkFunctions::bars)),
                Map.entry("hist", Builtin.onHost(MarkFunctions::histogram)),
                Map.entry("vline", Builtin.onHost(call -> rules(call, "x"))),
                Map.entry("hline", Builtin.onHost(call -> rules(call, "y"))),
                Map.entry("note", Builtin.onHost(MarkFunctions::note)),
                Map.entry("trajectories", Builtin.onHost(Trajectories::of)));
    }

    private static Value scatter(Call call) {
        double[][] points = points(call);
        return new LayerValue(new Layer.Scatter(points[0], points[1], StyleArguments.of(call, points[0].length)));
    }

    /** Returns the coordinates of points: the columns of a tensor [n, 2], or two vectors. */
    static double[][] points(Call call) {
        if (call.given("y").isPresent()) {
            double[] x = numbers(call.value("x"), call);
            return new double[][] {x, matching(call, "y", x.length)};
        }
        Value points = call.tensor("x");
        Shape shape = call.tensors().shape(points);
        if (shape.rank() != 2 || shape.size(1) != 2) {
            throw call.diagnostic("E0740", "points to " + verb(call) + " have shape [n, 2], not " + shape)
                    .help("choose two columns: `" + call.name() + "(x[:, 0], x[:, 1])`")
                    .raise();
        }
        double[] values = numbers(points, call);
        return new double[][] {column(values, 2, 0), column(values, 2, 1)};
    }

    private static String verb(Call call) {
        return call.name().equals("hist2d") ? "count" : call.name();
    }

    private static Value histogram(Call call) {
        WorkLimits.atMost(
                MOST_BINS,
                call.integer("bins"),
                "bins of a histogram",
                "`bins = 0` chooses a number of bins that shows the distribution",
                call.place("bins"));
        return new LayerValue(
                new Layer.Histogram(numbers(call.value("x"), call), call.integer("bins"), StyleArguments.of(call, 0)));
    }

    private static Value line(Call call) {
        double[][] points = curve(call);
        return new LayerValue(new Layer.Line(points[0], points[1], StyleArguments.of(call, points[0].length)));
    }

    /** Returns x and y, or 1, 2, 3… and x. */
    private static double[][] curve(Call call) {
        double[] first = numbers(call.value("x"), call);
        return call.given("y").isPresent()
                ? new double[][] {first, matching(call, "y", first.length)}
                : new double[][] {counting(first.length), first};
    }

    private static double[] counting(int n) {
        double[] positions = new double[n];
        Arrays.setAll(positions, i -> i + 1);
        return positions;
    }

    private static Value steps(Call call) {
        double[] x = numbers(call.value("x"), call);
        if (call.given("y").isEmpty()) {
            return new LayerValue(new Layer.Stairs(counting(x.length + 1), x, StyleArguments.of(call, 0)));
        }
        double[] y = numbers(call.value("y"), call);
        if (x.length != y.length && x.length != y.length + 1) {
            throw call.diagnostic("E0740", "x has " + x.length + " values and y has " + y.length)
                    .help("each height begins at its place; one place more ends the last step")
                    .raise();
        }
        return new LayerValue(new Layer.Stairs(x, y, StyleArguments.of(call, 0)));
    }

    private static Value errorBars(Call call) {
        double[] x = numbers(call.value("x"), call);
        double[] y = matching(call, "y", x.length);
        double[] errors = numbers(call.value("error"), call);
        boolean pairs = errors.length == 2 * x.length && x.length > 0 && isPairs(call.value("error"), call);
        double[] below = pairs ? column(errors, 2, 0) : matching(call, "error", x.length);
        double[] above = pairs ? column(errors, 2, 1) : below;
        if (Arrays.stream(errors).anyMatch(error -> error < 0)) {
            throw call.error("E0740", "an error is negative");
        }
        return new LayerValue(new Layer.ErrorBars(x, y, below, above, StyleArguments.of(call, x.length)));
    }

    private static boolean isPairs(Value value, Call call) {
        return !(value instanceof Value.ListValue)
                && call.tensors().shape(call.tensor("error")).rank() == 2;
    }

    private static Value band(Call call) {
        double[] x = numbers(call.value("x"), call);
        return new LayerValue(new Layer.Band(
                x, matching(call, "low", x.length), matching(call, "high", x.length), StyleArguments.of(call, 0)));
    }

    private static Value bars(Call call) {
        List<String> names = names(call.value("x"));
        if (names.isEmpty()) {
            double[][] points = curve(call);
            return new LayerValue(
                    new Layer.Bars(points[0], points[1], List.of(), StyleArguments.of(call, points[0].length)));
        }
        if (call.given("y").isEmpty()) {
            throw call.diagnostic("E0740", "bars with names need heights")
                    .help("`bar([\"a\", \"b\"], [1, 2])`")
                    .raise();
        }
        double[] heights = matching(call, "y", names.size());
        return new LayerValue(
                new Layer.Bars(counting(names.size()), heights, names, StyleArguments.of(call, names.size())));
    }

    /** Returns the names in a list of strings; empty for anything else. */
    private static List<String> names(Value value) {
        return value instanceof Value.ListValue(var elements)
                        && elements.stream().allMatch(Value.Text.class::isInstance)
                ? elements.stream().map(each -> ((Value.Text) each).value()).toList()
                : List.of();
    }

    private static Value rules(Call call, String axis) {
        return new LayerValue(
                new Layer.Rules(axis.equals("x"), numbers(call.value(axis), call), StyleArguments.of(call, 0)));
    }

    private static Value note(Call call) {
        return new LayerValue(new Layer.Note(
                call.number("x"), call.number("y"), StyleArguments.words(call, "text"), StyleArguments.of(call, 0)));
    }

    /** Returns the numbers of a slot, as many as x has; one number stands for all. */
    private static double[] matching(Call call, String slot, int n) {
        double[] numbers = numbers(call.value(slot), call);
        if (numbers.length == 1 && n > 1 && !slot.equals("y")) {
            double[] all = new double[n];
            Arrays.fill(all, numbers[0]);
            return all;
        }
        if (n != numbers.length) {
            throw call.error("E0740", "x has " + n + " values and " + slot + " has " + numbers.length);
        }
        return numbers;
    }

    static double[] column(double[] values, int width, int column) {
        double[] result = new double[values.length / width];
        Arrays.setAll(result, i -> values[i * width + column]);
        return result;
    }

    static double[] numbers(Value value, Call call) {
        if (value instanceof Value.ListValue(var elements)) {
            return elements.stream()
                    .mapToDouble(element -> Coercion.number(element, "a value to draw", call.span()))
                    .toArray();
        }
        return call.tensors().require(value, "what is drawn", call.span()) instanceof Value.TensorValue(var tensor)
                ? tensor.toDoubles()
                : new double[] {Coercion.number(value, "what is drawn", call.span())};
    }
}
