package org.sdescript.learn;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import org.sdescript.backend.RandomStream;
import org.sdescript.backend.Tensor;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Conditions;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.RowGroups;
import org.sdescript.runtime.TensorSource;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * The labels and conditions in a training on a path. Only samples of equal conditions are joined, since the law of one end
 * given a condition must not depend on the other end.
 *
 * @param placed the labels and conditions of the data, with a row for each sample, by their positions in a batch
 * @param precise checks a condition and returns its tensor in the precision of the run
 */
record EndConditions(
        SortedMap<Integer, TrainingColumn> placed,
        Function<Value, Tensor> precise,
        Interpreter interpreter,
        Span span) {
    private Collection<TrainingColumn> columns() {
        return placed.values();
    }

    boolean isEmpty() {
        return placed.isEmpty();
    }

    /**
     * Returns the rows of the other end's samples by their conditions; empty if the other end has none: then its samples
     * fit each condition.
     *
     * @param other the samples of the other end, as the script gives them
     */
    Optional<RowGroups> ofOther(Value other) {
        if (isEmpty() || !(other instanceof TensorSource source) || !matters(source)) {
            return Optional.empty();
        }
        List<Tensor> its =
                columns().stream().map(column -> same(column, source)).toList();
        RowGroups groups = groups(its);
        RowGroups own = groups(columns().stream().map(TrainingColumn::rows).toList());
        own.rows().forEach((condition, rows) -> {
            if (groups.of(condition).isEmpty()) {
                throw Diagnostic.error(
                                "E0682",
                                span,
                                "no sample of the other end has the condition " + RowGroups.show(condition)
                                        + ", which sample " + rows.getFirst() + " of the data has")
                        .note("both ends have conditions, and only samples of equal conditions are joined; samples are"
                                + " counted from 0")
                        .help("leave out the data of such conditions, or the conditions of one end; `coupling = paired`"
                                + " joins equal rows whatever their conditions")
                        .raise();
            }
        });
        return Optional.of(groups);
    }

    /** True if the source has conditions, or labels that those of the data are compared with. */
    private boolean matters(TensorSource source) {
        return !source.conditions().isEmpty()
                || source.labels().isPresent() && columns().stream().anyMatch(TrainingColumn::isLabel);
    }

    static boolean hasAny(TensorSource source) {
        return source.labels().isPresent() || !source.conditions().isEmpty();
    }

    private Tensor same(TrainingColumn column, TensorSource source) {
        Tensor its =
                found(column, source).orElseThrow(() -> different(column, "which the samples of the other end lack"));
        Shape own = column.rows().shape();
        if (its.shape().rank() != own.rank()
                || !its.shape().equals(own.with(0, its.shape().size(0)))) {
            throw different(
                    column,
                    "of shape " + own + " for the data and " + its.shape() + " for the samples of the other end");
        }
        return its;
    }

    private Optional<Tensor> found(TrainingColumn column, TensorSource source) {
        if (column.isLabel()) {
            return source.labels().map(labels -> ((Value.TensorValue) labels).tensor());
        }
        Conditions conditions = source.conditions();
        long unlabelled = columns().stream().filter(each -> !each.isLabel()).count();
        Optional<Value> value = conditions.isUnnamed()
                ? Optional.of(conditions.value()).filter(its -> unlabelled == 1)
                : Optional.ofNullable(conditions.tensors().get(column.name()));
        return value.map(precise);
    }

    private SdeError different(TrainingColumn column, String how) {
        return Diagnostic.error(
                        "E0682",
                        span,
                        "the data has " + (column.isLabel() ? "labels" : "the condition `" + column.name() + "`") + ", "
                                + how)
                .note("where both ends have conditions, only samples of equal conditions are joined")
                .help("give both ends conditions of the same names and shapes, or one end none")
                .raise();
    }

    /** Returns the conditions of a batch, one row of numbers for each sample, one row after the other. */
    double[] numbers(Batches.Batch batch) {
        List<Tensor> all = ofBatch(batch);
        double[] numbers = flat(all);
        all.forEach(Tensor::close);
        return numbers;
    }

    /** Returns the conditions of a batch as a coupling takes them: a tensor, or a record of several. */
    Value value(Batches.Batch batch, List<Tensor> made) {
        List<Tensor> all = ofBatch(batch);
        made.addAll(all);
        if (all.size() == 1) {
            return new Value.TensorValue(all.getFirst());
        }
        Map<String, Value> fields = new LinkedHashMap<>();
        Iterator<Tensor> each = all.iterator();
        columns().forEach(column -> fields.put(column.name(), new Value.TensorValue(each.next())));
        return new Value.RecordValue(fields);
    }

    private List<Tensor> ofBatch(Batches.Batch batch) {
        return placed.keySet().stream()
                .map(position -> (Tensor) interpreter
                        .session()
                        .backend()
                        .apply(
                                new Operation.Gather(0),
                                List.of(batch.data().get(position), batch.rows()),
                                new RandomStream(0)))
                .toList();
    }

    private static RowGroups groups(List<Tensor> conditions) {
        return RowGroups.of(
                flat(conditions), Math.toIntExact(conditions.getFirst().shape().size(0)));
    }

    /** Returns the numbers of all conditions of the first sample, then those of the second, and so on. */
    private static double[] flat(List<Tensor> conditions) {
        int n = Math.toIntExact(conditions.getFirst().shape().size(0));
        double[][] all = conditions.stream().map(Tensor::toDoubles).toArray(double[][]::new);
        int width = Arrays.stream(all).mapToInt(numbers -> numbers.length / n).sum();
        double[] flat = new double[n * width];
        int column = 0;
        for (double[] numbers : all) {
            int size = numbers.length / n;
            for (int i = 0; i < n; i++) {
                System.arraycopy(numbers, i * size, flat, i * width + column, size);
            }
            column += size;
        }
        return flat;
    }
}
