package org.sdescript.learn;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.backend.DrawPurpose;
import org.sdescript.backend.RandomStream;
import org.sdescript.backend.Tensor;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Conditions;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.RowReader;
import org.sdescript.runtime.TensorSource;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.NanWatch;
import org.sdescript.source.Span;

/**
 * Reads and checks the samples and labels of a training.
 *
 * @param data the given data
 * @param name the data's name in messages
 */
record TrainingData(Interpreter interpreter, Training.Plan plan, Value data, String name, Span span) {
    /** Returns the validation data of the same training. */
    TrainingData validation(Value given) {
        return new TrainingData(interpreter, plan, given, "validation", span);
    }

    /** @param order the random stream of the sample order */
    Batches batches(TrainingSamples samples, List<TrainingColumn> columns, RandomStream order) {
        return samples.reader()
                .map(reader -> Batches.of(reader, besides(columns), plan.batch(), order))
                .orElseGet(() -> Batches.of(tensors(samples, columns), plan.batch(), order));
    }

    /** Returns batches that visit each sample once. */
    Batches inOrder(TrainingSamples samples, List<TrainingColumn> columns) {
        return samples.reader()
                .map(reader -> Batches.inOrder(reader, besides(columns), plan.batch()))
                .orElseGet(() -> Batches.inOrder(tensors(samples, columns), plan.batch()));
    }

    /** Returns the samples of the other end of a path; empty for other processes. */
    Optional<PathEnds> ends(
            TrainingSamples samples, List<TrainingColumn> columns, RandomStream order, TrainingReplica replica) {
        return plan.path().map(path -> {
            Optional<Tensor> other = path.law().isPresent() ? Optional.empty() : Optional.of(tensor(path.other()));
            other.ifPresent(tensor -> requireLike(samples, tensor, path));
            return new PathEnds(
                    interpreter,
                    path,
                    batches(samples, columns, order),
                    samples.shape(),
                    other,
                    order.split(DrawPurpose.OTHER_END),
                    plan.batch(),
                    replica.slice(),
                    span);
        });
    }

    private void requireLike(TrainingSamples samples, Tensor other, PathPlan path) {
        Shape own = samples.shape();
        Shape its = new Shape(other.shape().sizes().subList(1, other.shape().rank()));
        if (!its.equals(own)) {
            throw Diagnostic.error("E0682", span, "samples of the two ends have the shapes " + own + " and " + its)
                    .help("a path joins laws of one shape")
                    .raise();
        }
        if (path.isPaired() && other.shape().size(0) != samples.count()) {
            throw Diagnostic.error(
                            "E0682",
                            span,
                            "the ends have " + samples.count() + " and "
                                    + other.shape().size(0) + " samples, which cannot be paired row by row")
                    .help("`coupling = paired` joins equal rows; `independent` and `optimal()` take ends of any length")
                    .raise();
        }
    }

    private static List<Tensor> besides(List<TrainingColumn> columns) {
        return columns.stream().map(TrainingColumn::rows).toList();
    }

    private static List<Tensor> tensors(TrainingSamples samples, List<TrainingColumn> columns) {
        return Stream.concat(samples.tensors().stream(), besides(columns).stream())
                .toList();
    }

    /** Returns the samples; a process with several data states needs a record of them. */
    TrainingSamples samples() {
        List<String> states = plan.process().dataStates();
        if (states.size() > 1) {
            if (!(data instanceof Value.RecordValue(var fields))
                    || !fields.keySet().equals(Set.copyOf(states))) {
                throw otherStates(states);
            }
            TrainingSamples samples = TrainingSamples.of(
                    states,
                    states.stream()
                            .map(state -> tensor(Objects.requireNonNull(fields.get(state))))
                            .toList());
            if (samples.tensors().stream().map(Tensor::shape).distinct().count() > 1) {
                throw otherStates(states);
            }
            return samples;
        }
        Optional<RowReader> reader = data instanceof TensorSource source ? source.reader() : Optional.empty();
        return reader.map(TrainingSamples::read).orElseGet(() -> TrainingSamples.of(List.of(), List.of(tensor(data))));
    }

    private SdeError otherStates(List<String> states) {
        String fields = states.stream().map(state -> state + ": …").collect(Collectors.joining(", "));
        return Diagnostic.error(
                        "E0851",
                        span,
                        "training needs samples of all data states of "
                                + plan.process().process().name() + ": " + String.join(", ", states))
                .help("give a record with a tensor of one shape for each: `{" + fields
                        + "}`; or declare in the body of the process how the states start that are not data:"
                        + " `start = {" + states.getLast()
                        + ": normal(std = 1)}`")
                .raise();
    }

    private Tensor tensor(Value given) {
        if (!Tensors.isTensor(given)) {
            throw notSamples(given.words());
        }
        Value value = interpreter
                .tensors()
                .require(given, "`" + (name.equals("training") ? "data" : name) + "` of train", span);
        if (value instanceof Value.TensorValue(Tensor tensor)
                && tensor.shape().rank() >= 2
                && tensor.shape().size(0) > 0) {
            requireNumbers(value, "data");
            return precise(tensor);
        }
        throw notSamples("of shape " + interpreter.tensors().shape(value));
    }

    boolean hasLabels() {
        return data instanceof TensorSource source && source.labels().isPresent();
    }

    boolean hasConditions() {
        return data instanceof TensorSource source && !source.conditions().isEmpty();
    }

    /** Returns the labels and conditions that the network or the loss takes. */
    List<TrainingColumn> columns() {
        return data instanceof TensorSource source
                ? TrainingColumns.of(plan, source.labels(), source.conditions(), this::condition, span)
                : TrainingColumns.of(plan, Optional.empty(), Conditions.NONE, this::condition, span);
    }

    /** Returns the tensor of a condition, in the precision of the run unless its numbers are whole. */
    private Tensor condition(Value given) {
        requireNumbers(given, "conditions");
        Tensor tensor = ((Value.TensorValue) given).tensor();
        return tensor.dtype().isFloating() ? precise(tensor) : tensor;
    }

    /** True for a loss with the variable {@code label}, such as a classification loss. */
    static boolean takesLabels(Callable loss) {
        return loss.signature().isVariable(TrainedConditions.LABEL);
    }

    private SdeError notSamples(String given) {
        return Diagnostic.error("E0802", span, name + " data is a tensor of samples, [n, …], and not " + given)
                .help("a column of numbers becomes samples with `reshape(x, [-1, 1])`")
                .raise();
    }

    private void requireNumbers(Value data, String what) {
        List<Integer> lost = NanWatch.violated(data, interpreter.tensors(), span);
        if (!lost.isEmpty()) {
            String which = lost.size() == 1 ? "sample " : "samples, the first of them ";
            throw Diagnostic.error(
                            "E0810",
                            span,
                            "the " + (name.equals("training") ? "" : name + " ") + what
                                    + (what.equals("data") ? " has" : " have") + " nan or infinite values in "
                                    + (lost.size() == 1 ? "" : lost.size() + " ") + which + lost.getFirst())
                    .note("samples are counted from 0")
                    .help("leave such samples out; of a table, `csv(…, missing = \"drop\")` skips rows without a value")
                    .raise();
        }
    }

    /** Casts the data to the precision of the run, which the network's parameters also have. */
    private Tensor precise(Tensor data) {
        DType precision = interpreter.tensors().precision();
        return data.dtype() == precision
                ? data
                : (Tensor) interpreter
                        .session()
                        .backend()
                        .apply(new Operation.Cast(precision), List.of(data), plan.random());
    }
}
