package org.sdescript.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sdescript.plot.Axis;
import org.sdescript.plot.Figure;
import org.sdescript.plot.Layer;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;

/**
 * The figure of a sweep: a metric against the first numeric parameter, a point for each run and a line through the
 * means over the seeds; a line for each combination of the other parameters.
 */
final class SweepFigure {
    /** A range of values above this ratio is drawn on a logarithmic axis. */
    private static final double WIDE = 20;

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
        groups.forEach((label, rows) -> layers.addAll(layers(label, rows)));
        double[] values = results.rows().stream().mapToDouble(this::x).toArray();
        boolean wide = Arrays.stream(values).allMatch(value -> value > 0)
                && Arrays.stream(values).max().orElse(1)
                        > WIDE * Arrays.stream(values).min().orElse(1);
        return Figure.of(layers)
                .x(new Axis(across, wide))
                .y(new Axis(metric, false))
                .aspect(Figure.Aspect.FREE);
    }

    private String label(SweepResults.Row row) {
        return row.parameters().entrySet().stream()
                .filter(each -> !each.getKey().equals(across) && !each.getKey().equals(SweepGrid.SEED))
                .map(each -> each.getKey() + " = " + ValueText.print(each.getValue()))
                .collect(Collectors.joining(", "));
    }

    private double x(SweepResults.Row row) {
        return row.parameters().get(across) instanceof Value.Num(double number) ? number : Double.NaN;
    }

    private List<Layer> layers(String label, List<SweepResults.Row> rows) {
        Map<Double, List<Double>> byValue = new TreeMap<>();
        rows.forEach(row -> byValue.computeIfAbsent(x(row), key -> new ArrayList<>())
                .add(row.metrics().getOrDefault(metric, Double.NaN)));
        double[] x = byValue.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        double[] means = byValue.values().stream()
                .mapToDouble(values -> SweepResults.mean(
                        values.stream().mapToDouble(Double::doubleValue).toArray()))
                .toArray();
        double[] every = rows.stream().mapToDouble(this::x).toArray();
        double[] each = rows.stream()
                .mapToDouble(row -> row.metrics().getOrDefault(metric, Double.NaN))
                .toArray();
        return List.of(
                new Layer.Line(x, means, label.isEmpty() ? "mean" : label),
                new Layer.Scatter(every, each, label.isEmpty() ? "runs" : ""));
    }
}
