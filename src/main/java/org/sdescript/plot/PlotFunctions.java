package org.sdescript.plot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.check.Kind;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.TerminalAbilities;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;
import org.sdescript.runtime.WorkLimits;
import org.sdescript.source.Span;

/** Functions for layers and figures. */
public final class PlotFunctions implements BuiltinLibrary {
    private static final int MOST_BINS = 100_000;

    /** A layer as a value of the interpreter; its numbers are in the JVM, so it holds no native memory. */
    public record LayerValue(Layer layer) implements Value.Extension {
        @Override
        public Kind kind() {
            return Kind.LAYER;
        }

        @Override
        public String show() {
            return switch (layer) {
                case Layer.Scatter scatter -> "scatter of " + scatter.x().length + " points";
                case Layer.Line line -> "line of " + line.x().length + " points";
                case Layer.Histogram histogram -> "histogram of " + histogram.values().length + " values";
                case Layer.Cells cells ->
                    "picture of " + cells.pixels().width() + " × "
                            + cells.pixels().height() + " pixels";
                case Layer.Contours contours -> "contours of " + contours.levels().length + " levels";
                case Layer.Arrows arrows -> "field of " + arrows.x().length + " arrows";
            };
        }
    }

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("scatter", Builtin.onHost(PlotFunctions::scatter)),
                Map.entry("line", Builtin.onHost(PlotFunctions::line)),
                Map.entry("hist", Builtin.onHost(PlotFunctions::histogram)),
                Map.entry("plot", Builtin.onHost(PlotFunctions::plot)));
    }

    private static Value scatter(Call call) {
        if (call.given("y").isPresent()) {
            double[] x = numbers(call.value("x"), call);
            return new LayerValue(new Layer.Scatter(x, matching(call, x), call.text("label")));
        }
        Value points = call.tensor("x");
        Shape shape = call.tensors().shape(points);
        if (shape.rank() != 2 || shape.size(1) != 2) {
            throw call.diagnostic("E0740", "points to scatter have shape [n, 2], not " + shape)
                    .help("choose two columns: `scatter(x[:, 0], x[:, 1])`")
                    .raise();
        }
        double[] values = numbers(points, call);
        int width = (int) shape.size(1);
        return new LayerValue(
                new Layer.Scatter(column(values, width, 0), column(values, width, 1), call.text("label")));
    }

    private static Value histogram(Call call) {
        WorkLimits.atMost(
                MOST_BINS,
                call.integer("bins"),
                "bins of a histogram",
                "`bins = 0` chooses a number of bins that shows the distribution",
                call.place("bins"));
        return new LayerValue(
                new Layer.Histogram(numbers(call.value("x"), call), call.integer("bins"), call.text("label")));
    }

    private static Value line(Call call) {
        double[] first = numbers(call.value("x"), call);
        if (call.given("y").isPresent()) {
            return new LayerValue(new Layer.Line(first, matching(call, first), call.text("label")));
        }
        double[] positions = new double[first.length];
        Arrays.setAll(positions, i -> i + 1);
        return new LayerValue(new Layer.Line(positions, first, call.text("label")));
    }

    private static double[] matching(Call call, double[] x) {
        double[] y = numbers(call.value("y"), call);
        if (x.length != y.length) {
            throw call.error("E0740", "x has " + x.length + " values and y has " + y.length);
        }
        return y;
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

    private static Value plot(Call call) {
        List<Layer> layers = new ArrayList<>();
        call.rest().forEach(part -> layers.addAll(layers(part, call.span())));
        if (layers.isEmpty()) {
            throw call.diagnostic("E0742", "there is nothing to plot")
                    .help("give it layers: `plot(scatter(x), to = \"f.png\")`")
                    .raise();
        }
        Figure figure = Figure.of(layers)
                .title(call.text("title"))
                .x(new Axis(call.text("x_label"), call.isTrue("log_x")))
                .y(new Axis(call.text("y_label"), call.isTrue("log_y")));
        if (call.given("to").isPresent()) {
            write(figure, call.session().folders().output(call.text("to")), call);
        } else {
            show(figure, call);
        }
        return Value.None.NONE;
    }

    private static void write(Figure figure, Path path, Call call) {
        FigureFile written = FigureFile.write(figure, path);
        call.session().log().wrote(path);
        written.notes().forEach(call.session().console()::note);
        call.session().console().picture(() -> FigureForms.of(figure));
    }

    /** Shows the figure in the notebook or the terminal; without both, writes it to a file with a new name. */
    private static void show(Figure figure, Call call) {
        Console console = call.session().console();
        if (console.picture(() -> FigureForms.of(figure))) {
            return;
        }
        Optional<TerminalAbilities> screen = console.screen();
        if (screen.isPresent()) {
            TerminalFigure drawn = TerminalFigure.of(figure, screen.get());
            console.line(drawn.text());
            drawn.notes().forEach(console::note);
            return;
        }
        write(figure, unnamed(call.session()), call);
        console.note("there is no terminal to show the picture in; `to = \"name.png\"` chooses the file");
    }

    private static Path unnamed(Session session) {
        Path path = session.folders().output("plot.png");
        for (int k = 2; session.log().files().contains(path); k++) {
            path = session.folders().output("plot-" + k + ".png");
        }
        return path;
    }

    static List<Layer> layers(Value part, Span span) {
        return switch (part) {
            case LayerValue(Layer layer) -> List.of(layer);
            case Value.ListValue(var parts) ->
                parts.stream().flatMap(each -> layers(each, span).stream()).toList();
            default ->
                throw Coercion.mismatch(
                        part, "what is plotted (" + ValueText.show(part) + ")", "a layer such as `scatter(x)`", span);
        };
    }
}
