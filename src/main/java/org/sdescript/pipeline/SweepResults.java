package org.sdescript.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.sdescript.runtime.TableText;
import org.sdescript.runtime.TableValue;
import org.sdescript.runtime.Value;

/**
 * The results of the runs of a sweep, read from their folders: a table of all runs, and a table of means and standard
 * deviations over the seeds.
 */
public final class SweepResults {
    /** The suffix of the column with the standard deviation of a metric. */
    static final String STD = "_std";

    private static final int DIGITS = 4;
    private static final String LOSS = "loss";
    private static final String VALIDATION = "validation";
    private static final String DONE = "done";

    private final List<Row> rows;
    private final List<String> parameters;
    private final List<String> metrics;

    /** One run: its parameters, its outcome, and the loss of its last training with its metrics. */
    record Row(Map<String, Value> parameters, String outcome, OptionalDouble seconds, Map<String, Double> metrics) {}

    private SweepResults(List<Row> rows) {
        this.rows = rows;
        this.parameters =
                names(rows.stream().map(row -> row.parameters().keySet()).toList());
        this.metrics = names(rows.stream().map(row -> row.metrics().keySet()).toList());
    }

    private static List<String> names(List<Set<String>> sets) {
        Set<String> names = new LinkedHashSet<>();
        sets.forEach(names::addAll);
        return List.copyOf(names);
    }

    /** Reads the runs of a grid; a run that left nothing has the outcome {@code none}. */
    public static SweepResults of(SweepGrid grid, Path folder) {
        return new SweepResults(grid.points().stream()
                .map(point -> RecordedRun.find(folder.resolve(point.name()))
                        .map(run -> row(point.values(), run))
                        .orElse(new Row(point.values(), "none", OptionalDouble.empty(), Map.of())))
                .toList());
    }

    /** Reads recorded runs; the parameters that differ are those of the sweep. */
    public static SweepResults of(List<RecordedRun> runs) {
        Map<String, Set<Value>> values = new LinkedHashMap<>();
        List<Map<String, Value>> all = runs.stream().map(RecordedRun::swept).toList();
        all.forEach(each -> each.forEach((name, value) ->
                values.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(value)));
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            Map<String, Value> own = new LinkedHashMap<>(all.get(i));
            own.keySet().removeIf(name -> values.getOrDefault(name, Set.of()).size() < 2);
            rows.add(row(own, runs.get(i)));
        }
        return new SweepResults(rows);
    }

    private static Row row(Map<String, Value> parameters, RecordedRun run) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        run.loss().ifPresent(loss -> metrics.put(LOSS, loss));
        run.validation().ifPresent(loss -> metrics.put(VALIDATION, loss));
        metrics.putAll(run.numbers());
        return new Row(parameters, run.outcome(), run.seconds(), metrics);
    }

    /** One line on the run in a folder: its outcome, its duration, its loss and metrics. */
    public static String line(Path folder) {
        return RecordedRun.find(folder)
                .map(run -> {
                    List<String> parts = new ArrayList<>(List.of(run.damage().orElse(run.outcome())));
                    run.error().ifPresent(parts::add);
                    run.seconds().ifPresent(seconds -> parts.add(TableText.number(seconds, DIGITS) + " s"));
                    row(Map.of(), run)
                            .metrics()
                            .forEach((name, value) -> parts.add(name + " " + TableText.number(value, DIGITS)));
                    return String.join(", ", parts);
                })
                .orElse("left no record");
    }

    List<Row> rows() {
        return rows;
    }

    List<String> metrics() {
        return metrics;
    }

    /** True if every run is done. */
    public boolean isComplete() {
        return rows.stream().allMatch(row -> row.outcome().equals(DONE));
    }

    /** One row for each run: parameters, outcome, seconds, loss and metrics. */
    public TableValue runs() {
        List<Value.RecordValue> records = new ArrayList<>();
        for (Row row : rows) {
            Map<String, Value> cells = new LinkedHashMap<>(row.parameters());
            cells.put("outcome", Value.text(row.outcome()));
            row.seconds().ifPresent(seconds -> cells.put("seconds", Value.number(seconds)));
            row.metrics().forEach((name, value) -> cells.put(column(name), Value.number(value)));
            records.add(new Value.RecordValue(cells));
        }
        List<String> columns = new ArrayList<>(parameters);
        columns.addAll(List.of("outcome", "seconds"));
        metrics.forEach(metric -> columns.add(column(metric)));
        return new TableValue(columns, records, "", DIGITS, Map.of());
    }

    /** A metric of the name of a parameter has a column of its own. */
    private String column(String metric) {
        return parameters.contains(metric) || metric.equals("outcome") || metric.equals("seconds")
                ? metric + "_metric"
                : metric;
    }

    /**
     * One row for each combination of the parameters except the seed: the number of runs that are done, and mean and
     * standard deviation of each metric over them.
     */
    public TableValue summary() {
        Map<Map<String, Value>, List<Row>> groups = new LinkedHashMap<>();
        rows.forEach(row -> groups.computeIfAbsent(withoutSeed(row), key -> new ArrayList<>())
                .add(row));
        List<Value.RecordValue> records = new ArrayList<>();
        groups.forEach((values, group) -> records.add(new Value.RecordValue(cells(values, group))));
        List<String> columns = new ArrayList<>(
                parameters.stream().filter(name -> !name.equals(SweepGrid.SEED)).toList());
        columns.add("runs");
        Map<String, String> spreads = new LinkedHashMap<>();
        for (String metric : metrics) {
            columns.addAll(List.of(column(metric), column(metric) + STD));
            spreads.put(column(metric), column(metric) + STD);
        }
        return new TableValue(columns, records, "", DIGITS, spreads);
    }

    private static Map<String, Value> withoutSeed(Row row) {
        Map<String, Value> values = new LinkedHashMap<>(row.parameters());
        values.remove(SweepGrid.SEED);
        return values;
    }

    private Map<String, Value> cells(Map<String, Value> values, List<Row> group) {
        List<Row> done =
                group.stream().filter(row -> row.outcome().equals(DONE)).toList();
        Map<String, Value> cells = new LinkedHashMap<>(values);
        cells.put("runs", Value.number(done.size()));
        for (String metric : metrics) {
            double[] numbers = done.stream()
                    .filter(row -> row.metrics().containsKey(metric))
                    .mapToDouble(row -> row.metrics().getOrDefault(metric, Double.NaN))
                    .toArray();
            if (numbers.length > 0) {
                cells.put(column(metric), Value.number(mean(numbers)));
            }
            if (numbers.length > 1) {
                cells.put(column(metric) + STD, Value.number(std(numbers)));
            }
        }
        return cells;
    }

    /** The mean, summed from the first number, so that the mean of equal numbers is that number. */
    static double mean(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number - numbers[0];
        }
        return numbers[0] + sum / numbers.length;
    }

    /** The sample standard deviation, with n − 1. */
    static double std(double[] numbers) {
        double mean = mean(numbers);
        double squares = 0;
        for (double number : numbers) {
            squares += (number - mean) * (number - mean);
        }
        return Math.sqrt(squares / (numbers.length - 1));
    }
}
