package org.sdescript.learn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sdescript.backend.Backend;
import org.sdescript.backend.Tensor;
import org.sdescript.backend.TrainingStep;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;

/**
 * All that a resumed training needs: the parameters and their optimiser, the reports so far, the state with the least
 * validation loss, and the kept averages. Owns the tensors that no model has taken.
 */
final class TrainingState implements AutoCloseable {
    private static final String REPORTS = "reports";
    private static final String WIDTHS = "widths";
    private static final String BEST = "best";
    private static final String KEPT = "kept";

    private final Backend backend;
    private final TrainingStep step;
    private final Averaging averaging;
    private final List<TrainingHistory.Report> reports = new ArrayList<>();
    private final List<KeptAverages.State> kept = new ArrayList<>();
    private KeptAverages.@Nullable State best;
    private Optional<TrainingHistory.Report> bestReport = Optional.empty();
    private int validationsSinceBest;

    TrainingState(Backend backend, TrainingStep step, Averaging averaging) {
        this.backend = backend;
        this.step = step;
        this.averaging = averaging;
    }

    TrainingStep step() {
        return step;
    }

    long steps() {
        return step.steps();
    }

    TrainingHistory history() {
        return new TrainingHistory(step.losses(), reports);
    }

    /** The mean loss of the last steps. */
    double loss() {
        return TrainingHistory.recent(step.losses());
    }

    /** The report with the least validation loss. */
    Optional<TrainingHistory.Report> bestReport() {
        return bestReport;
    }

    int validationsSinceBest() {
        return validationsSinceBest;
    }

    /** Appends a report of the last step; copies the averages if its validation loss is the least so far. */
    TrainingHistory.Report report(double rate, double validation) {
        TrainingHistory.Report report = new TrainingHistory.Report(
                steps(), loss(), rate, TrainingHistory.recent(step.gradientNorms()), validation);
        add(report);
        if (bestReport.filter(report::equals).isPresent()) {
            forgetBest();
            best = now();
        }
        return report;
    }

    private void add(TrainingHistory.Report report) {
        reports.add(report);
        if (!report.isValidated()) {
            return;
        }
        validationsSinceBest++;
        if (bestReport.map(least -> report.validation() < least.validation()).orElse(true)) {
            bestReport = Optional.of(report);
            validationsSinceBest = 0;
        }
    }

    /**
     * Keeps the present averages if they are due. The states kept have equal distances; when there are twice as many as
     * wanted, every other one is dropped, so a training may end at any step.
     */
    void keepAverages() {
        if (!isAverageDue()) {
            return;
        }
        kept.add(now());
        if (kept.size() == 2 * averaging.states()) {
            long doubled = 2 * distance();
            kept.stream().filter(state -> state.step() % doubled != 0).forEach(KeptAverages.State::close);
            kept.removeIf(state -> state.step() % doubled != 0);
        }
    }

    /** True if the present averages are kept. */
    boolean isAverageDue() {
        return averaging.keepsStates() && steps() % distance() == 0;
    }

    private long distance() {
        return kept.isEmpty() ? 1 : kept.getFirst().step();
    }

    private KeptAverages.State now() {
        return new KeptAverages.State(steps(), step.copiesOfAverages());
    }

    /**
     * Returns the averages for a model: the best, or the present ones, and before them those that were kept. They belong
     * to the caller from now on.
     */
    KeptAverages take(boolean wantsBest) {
        KeptAverages.State last = wantsBest && best != null ? best : now();
        List<KeptAverages.State> states =
                kept.stream().filter(state -> state.step() < last.step()).toList();
        kept.removeAll(states);
        best = last == best ? null : best;
        return new KeptAverages(
                averaging.widths(),
                Stream.concat(states.stream(), Stream.of(last)).toList());
    }

    void save(Path file) {
        Map<String, Tensor> more = new LinkedHashMap<>();
        double[] widths =
                averaging.widths().stream().mapToDouble(Double::doubleValue).toArray();
        double[] table = history().table();
        try (Tensor rows = numbers(table);
                Tensor kinds = numbers(widths)) {
            more.put(REPORTS, rows);
            more.put(WIDTHS, kinds);
            if (best != null) {
                put(BEST, best, more);
            }
            kept.forEach(state -> put(KEPT, state, more));
            step.save(file, more);
        }
    }

    private Tensor numbers(double[] numbers) {
        return backend.tensor(DType.FLOAT64, Shape.of(numbers.length), numbers);
    }

    private static void put(String what, KeptAverages.State state, Map<String, Tensor> more) {
        for (int i = 0; i < state.averages().size(); i++) {
            more.put(what + "/" + state.step() + "/" + i, state.averages().get(i));
        }
    }

    /** Restores a saved state; files of version 0.1 have neither reports nor kept averages. */
    void load(Path file) {
        Map<String, Tensor> more = step.load(file);
        try (Tensor rows = more.remove(REPORTS);
                Tensor widths = more.remove(WIDTHS)) {
            requireSameWidths(widths, more, file);
            forget();
            if (rows != null) {
                TrainingHistory.reports(rows.toDoubles()).forEach(this::add);
            }
            states(BEST, more).forEach(state -> best = state);
            kept.addAll(states(KEPT, more));
        }
    }

    private void requireSameWidths(@Nullable Tensor widths, Map<String, Tensor> more, Path file) {
        List<Double> saved = widths == null
                ? List.of()
                : java.util.Arrays.stream(widths.toDoubles()).boxed().toList();
        if (!saved.equals(averaging.widths())) {
            more.values().forEach(Tensor::close);
            throw Diagnostic.error(
                            "E0908", null, file + " does not hold the state of this training: its averages are others")
                    .note("the averages by the power function have the widths " + saved + " there, and "
                            + averaging.widths() + " here")
                    .help("give `ema` as before, or start afresh")
                    .raise();
        }
    }

    /** Reads the states of a kind, in the order of their steps. */
    private static List<KeptAverages.State> states(String what, Map<String, Tensor> more) {
        Map<Long, List<Tensor>> byStep = new TreeMap<>();
        more.forEach((name, tensor) -> {
            String[] parts = name.split("/", -1);
            if (parts[0].equals(what)) {
                byStep.computeIfAbsent(Long.valueOf(parts[1]), each -> new ArrayList<>())
                        .add(tensor);
            }
        });
        return byStep.entrySet().stream()
                .map(entry -> new KeptAverages.State(entry.getKey(), entry.getValue()))
                .toList();
    }

    private void forget() {
        reports.clear();
        bestReport = Optional.empty();
        validationsSinceBest = 0;
        kept.forEach(KeptAverages.State::close);
        kept.clear();
        forgetBest();
    }

    private void forgetBest() {
        if (best != null) {
            best.close();
            best = null;
        }
    }

    @Override
    public void close() {
        forget();
    }
}
