package org.sdescript.learn;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.sdescript.runtime.Value;

/**
 * The numbers of a training in the order of its steps.
 *
 * @param losses the loss of each step
 * @param reports the rows of metrics.jsonl
 */
record TrainingHistory(List<Double> losses, List<Report> reports) {
    static final TrainingHistory NONE = new TrainingHistory(List.of(), List.of());

    /** The number of steps whose mean is "the loss" wherever the loss of a training is told. */
    private static final int RECENT = 100;

    /**
     * The state of a training after a step.
     *
     * @param loss the mean loss of the last steps, see {@link #recent}
     * @param rate the learning rate of this step
     * @param gradient the mean norm of the gradient of the last steps, before clipping
     * @param validation the loss on the validation data; nan if it was not computed after this step
     */
    record Report(long step, double loss, double rate, double gradient, double validation) {
        static final int COLUMNS = 5;

        static Report of(double[] all, int row) {
            int at = row * COLUMNS;
            return new Report((long) all[at], all[at + 1], all[at + 2], all[at + 3], all[at + 4]);
        }

        double[] columns() {
            return new double[] {step, loss, rate, gradient, validation};
        }

        boolean isValidated() {
            return !Double.isNaN(validation);
        }
    }

    TrainingHistory {
        losses = List.copyOf(losses);
        reports = List.copyOf(reports);
    }

    /** Returns the mean of the last hundred numbers, or of all if there are fewer, leaving out nan; nan if there are none. */
    static double recent(List<Double> numbers) {
        double sum = 0;
        int count = 0;
        for (double number : numbers.subList(Math.max(0, numbers.size() - RECENT), numbers.size())) {
            sum += Double.isNaN(number) ? 0 : number;
            count += Double.isNaN(number) ? 0 : 1;
        }
        return sum / count;
    }

    /** Returns the loss of the training: the mean of its last steps. */
    double loss() {
        return recent(losses);
    }

    /** Returns the first report with the least validation loss. */
    Optional<Report> best() {
        return reports.stream().filter(Report::isValidated).min(Comparator.comparingDouble(Report::validation));
    }

    /** Returns the last report with a validation loss. */
    Optional<Report> lastValidated() {
        return reports.reversed().stream().filter(Report::isValidated).findFirst();
    }

    /** Returns the reports as a record of lists; without validation the record has no such field. */
    Value value() {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("step", column(Report::step));
        fields.put("loss", column(Report::loss));
        fields.put("rate", column(Report::rate));
        fields.put("gradient", column(Report::gradient));
        if (reports.stream().anyMatch(Report::isValidated)) {
            fields.put("validation", column(Report::validation));
        }
        return new Value.RecordValue(fields);
    }

    private Value column(ToDoubleFunction<Report> number) {
        return Value.list(reports.stream()
                .map(report -> Value.number(number.applyAsDouble(report)))
                .toList());
    }

    /** Returns the reports as the rows of a matrix. */
    double[] table() {
        return reports.stream()
                .map(Report::columns)
                .flatMapToDouble(java.util.Arrays::stream)
                .toArray();
    }

    /** Reads the rows of {@link #table}. */
    static List<Report> reports(double[] table) {
        return java.util.stream.IntStream.range(0, table.length / Report.COLUMNS)
                .mapToObj(row -> Report.of(table, row))
                .toList();
    }
}
