package org.sdescript.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;
import org.sdescript.runtime.WorkLimits;
import org.sdescript.source.Span;

/** Functions that make figures of layers: {@code plot} and {@code panels}. */
public final class PlotFunctions implements BuiltinLibrary {
    private static final double MOST_PIXELS = 1e8;
    private static final double CENTIMETRES_PER_INCH = 2.54;

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("plot", Builtin.onHost(PlotFunctions::plot)),
                Map.entry("panels", Builtin.onHost(PlotFunctions::panels)));
    }

    private static Value plot(Call call) {
        List<LayerSource> layers = new ArrayList<>();
        call.rest().forEach(part -> layers.addAll(layers(part, call.span())));
        if (layers.isEmpty()) {
            throw call.diagnostic("E0742", "there is nothing to plot")
                    .help("give it layers: `plot(scatter(x), to = \"f.png\")`")
                    .raise();
        }
        Figure.Appearance appearance = new Figure.Appearance(
                aspect(call), size(call), LegendPlace.named(call.text("legend")), call.number("dpi"));
        Figure figure = Figure.of(layers, axis(call, "x"), axis(call, "y"))
                .title(StyleArguments.words(call, "title"))
                .appearance(appearance);
        return given(call, figure);
    }

    /** Writes the chart if the call names a file, else returns it. */
    private static Value given(Call call, Chart chart) {
        ChartValue value = new ChartValue(chart);
        if (call.given("to").isEmpty()) {
            return value;
        }
        value.write(call.session().folders().output(call.text("to")), call.session());
        return Value.None.NONE;
    }

    private static Figure.Aspect aspect(Call call) {
        return call.given("equal")
                .map(equal -> call.isTrue("equal") ? Figure.Aspect.EQUAL_UNITS : Figure.Aspect.FREE)
                .orElse(Figure.Aspect.BY_CONTENT);
    }

    /** Returns the size that the call gives. */
    private static Optional<Figure.Size> size(Call call) {
        if (call.argument("size").isEmpty() || call.given("size").isEmpty()) {
            return Optional.empty();
        }
        List<Double> size = StyleArguments.list(call, "size");
        refuse(FigureChecks.size(size, call.place("size")));
        WorkLimits.atMost(
                MOST_PIXELS,
                size.getFirst() * size.getLast() * Math.pow(call.number("dpi") / CENTIMETRES_PER_INCH, 2),
                "pixels of a picture",
                "give it a smaller `size` or `dpi`, or write .pdf or .svg",
                call.place("size"));
        return Optional.of(Figure.Size.ofCentimetres(size.getFirst(), size.getLast()));
    }

    private static void refuse(Optional<Diagnostic> refusal) {
        refusal.ifPresent(error -> {
            throw error.raise();
        });
    }

    /** Returns the axis of a name; {@code x_label} and {@code log_x} are the older names of its parameters. */
    private static Axis axis(Call call, String name) {
        String label = StyleArguments.words(call, name + "label");
        boolean log = call.given("log").isPresent() && call.text("log").contains(name) || call.isTrue("log_" + name);
        Axis axis = new Axis(label.isEmpty() ? StyleArguments.words(call, name + "_label") : label, log);
        String limits = name + "lim";
        if (call.given(limits).isEmpty()) {
            return axis;
        }
        List<Double> ends = StyleArguments.list(call, limits);
        refuse(FigureChecks.ends(limits, ends, call.place(limits)));
        if (log && ends.getFirst() <= 0) {
            throw Diagnostic.error(
                            "E0745",
                            call.place(limits),
                            "a logarithmic axis has no place for " + ValueText.number(ends.getFirst()))
                    .help("its ends are positive: `" + limits + " = [1e-3, 1]`")
                    .raise();
        }
        return axis.limits(new AxisRange(ends.getFirst(), ends.getLast()));
    }

    private static Value panels(Call call) {
        List<Value> given = call.list("rows");
        boolean oneRow = given.stream().noneMatch(Value.ListValue.class::isInstance);
        List<List<Optional<Figure>>> rows = (oneRow ? List.<Value>of(Value.list(given)) : given)
                .stream().map(row -> row(call, row)).toList();
        if (rows.stream().flatMap(List::stream).noneMatch(Optional::isPresent)) {
            throw call.diagnostic("E0742", "there is nothing to plot")
                    .help("give it rows of figures: `panels([[plot(scatter(x)), plot(hist(x))]], to = \"f.png\")`")
                    .raise();
        }
        String share = call.given("share").isPresent() ? call.text("share") : "";
        return given(
                call,
                new Panels(
                        StyleArguments.words(call, "title"),
                        rows,
                        share.contains("x"),
                        share.contains("y"),
                        size(call),
                        call.number("dpi")));
    }

    private static List<Optional<Figure>> row(Call call, Value row) {
        return Coercion.list(row, "a row of panels", call.place("rows")).stream()
                .map(cell -> switch (cell) {
                    case Value.None blank -> Optional.<Figure>empty();
                    case ChartValue(Figure figure) -> Optional.of(figure);
                    default ->
                        throw Coercion.mismatch(
                                cell,
                                "a panel (" + ValueText.show(cell) + ")",
                                "a figure, as `plot(…)` without `to` gives it",
                                call.place("rows"));
                })
                .toList();
    }

    static List<LayerSource> layers(Value part, Span span) {
        return switch (part) {
            case LayerValue layer -> List.of(layer.source());
            case Value.ListValue(var parts) ->
                parts.stream().flatMap(each -> layers(each, span).stream()).toList();
            default ->
                throw Coercion.mismatch(
                        part, "what is plotted (" + ValueText.show(part) + ")", "a layer such as `scatter(x)`", span);
        };
    }
}
