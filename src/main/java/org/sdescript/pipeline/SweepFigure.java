package org.sdescript.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.sdescript.plot.Axis;
import org.sdescript.plot.Figure;
import org.sdescript.plot.Layer;
import org.sdescript.plot.MarkStyle;
import org.sdescript.plot.canvas.Colour;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;

/**
 * The figure of a sweep: a metric against the first numeric parameter, a line through the means over the seeds with
 * their standard deviations, and a point for each run; a colour for each combination of the other parameters.
 */
final class SweepFigure {
    /** A range of values from this ratio on is drawn on a logarithmic axis. */
    private static final double WIDE = 10;
    /** The diameter of the point of a run, in points of 1/72 inch. */
    private static final double RUN = 3;

    private final SweepResults results;
    private final String metric;
    private final String across;

    private SweepFigure(SweepResults results, String metric, String across) {
        this.results = results;
        this.metric = metric;
        this.across = across;
    }

    /** @param metric the metric to show; empty for the last one, which is the loss if there is no other */
    static Optional<Figure> of(SweepResults results, String metric) {
        List<String> metrics = results.metrics();
        if (metrics.isEmpty() || !metric.isEmpty() && !metrics.contains(metric)) {
            return Optional.empty();
        }
        String shown = metric.isEmpty()
                ? metrics.get(metrics.size() > 1 && metrics.getFirst().equals("loss") ? 1 : 0)
                : metric;
        return across(results).map(parameter -> new SweepFigure(results, shown, parameter).figure());
    }

    /** The first parameter with several numbers; the seed only if there is no other. */
    private static Optional<String> across(SweepResults results) {
        List<String> numeric = results.rows().stream()
                .flatMap(row -> row.parameters().keySet().stream())
                .distinct()
                .filter(name ->
                        results.rows().stream().allMatch(row -> row.parameters().get(name) instanceof Value.Num))
                .filter(name -> results.rows().stream()
                                .map(row -> row.parameters().get(name))
                                .distinct()
                                .count()
                        > 1)
                .toList();
        return numeric.stream()
                .filter(name -> !name.equals(SweepGrid.SEED))
                .findFirst()
                .or(() -> numeric.stream().findFirst());
    }

    private Figure figure() {
        Map<String, List<SweepResults.Row>> groups = new LinkedHashMap<>();
        results.rows().stream().filter(row -> row.metrics().containsKey(metric)).forEach(row -> groups.computeIfAbsent(
                        label(row), key -> new ArrayList<>())
                .add(row));
        List<Layer> layers = new ArrayList<>();
        int group = 0;
        for (Map.Entry<String, List<SweepResults.Row>> each : groups.entrySet()) {
            layers.addAll(layers(each.getKey(), each.getValue(), Colour.series(group++)));
        }
        double[] values = results.rows().stream().mapToDouble(this::x).toArray();
        boolean wide = Arrays.stream(values).allMatch(value -> value > 0)
                && Arrays.stream(values).max().orElse(1)
                        >= WIDE * Arrays.stream(values).min().orElse(1);
        return Figure.of(layers)
                .x(new Axis(across, wide))
                .y(new Axis(metric, false))
                .aspect(Figure.Aspect.FREE);
    }

    /** The other parameters that differ between the runs. */
    private String label(SweepResults.Row row) {
        return row.parameters().entrySet().stream()
                .filter(each -> !each.getKey().equals(across) && !each.getKey().equals(SweepGrid.SEED))
                .filter(each -> results.rows().stream().anyMatch(other -> !each.getValue()
                        .equals(other.parameters().get(each.getKey()))))
                .map(each -> each.getKey() + " = " + ValueText.print(each.getValue()))
                .collect(Collectors.joining(", "));
    }

    private double x(SweepResults.Row row) {
        return row.parameters().get(across) instanceof Value.Num(double number) ? number : Double.NaN;
    }

    private double y(SweepResults.Row row) {
        return row.metrics().getOrDefault(metric, Double.NaN);
    }

    private List<Layer> layers(String label, List<SweepResults.Row> rows, Colour colour) {
        SortedMap<Double, double[]> runs = new TreeMap<>();
        rows.forEach(row -> runs.computeIfAbsent(x(row), x -> rows.stream()
                .filter(other -> x(other) == x)
                .mapToDouble(this::y)
                .toArray()));
        MarkStyle look = MarkStyle.labelled("").in(colour);
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer.Line(
                places(runs),
                each(runs, SweepResults::mean),
                MarkStyle.labelled(label).in(colour)));
        layers.add(new Layer.Scatter(
                rows.stream().mapToDouble(this::x).toArray(),
                rows.stream().mapToDouble(this::y).toArray(),
                look.sized(RUN)));
        runs.values().removeIf(values -> values.length < 2);
        double[] std = each(runs, SweepResults::std);
        layers.add(new Layer.ErrorBars(places(runs), each(runs, SweepResults::mean), std, std, look));
        return layers;
    }

    private static double[] places(SortedMap<Double, double[]> runs) {
        return runs.keySet().stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[] each(SortedMap<Double, double[]> runs, ToDoubleFunction<double[]> figure) {
        return runs.values().stream().mapToDouble(figure).toArray();
    }
}
