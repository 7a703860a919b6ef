package org.sdescript.learn;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.backend.Backend;
import org.sdescript.backend.DrawPurpose;
import org.sdescript.backend.RandomStream;
import org.sdescript.backend.Tensor;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Conditions;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Replica;
import org.sdescript.runtime.RowGroups;
import org.sdescript.runtime.RowReader;
import org.sdescript.runtime.TensorSource;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.Kernels;
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

    /** Returns the samples of the other end of a path for the batches of a training; empty for other processes. */
    Optional<PathEnds> ends(
            TrainingSamples samples, List<TrainingColumn> columns, RandomStream order, Replica.Slice slice) {
        return plan.path()
                .map(path -> ends(path, samples, columns, batches(samples, columns, order), Optional.of(order), slice));
    }

    /** The same for the batches of a validation, which visit each sample once. */
    Optional<PathEnds> endsInOrder(Optional<PathPlan> plan, TrainingSamples samples, List<TrainingColumn> columns) {
        return plan.map(path -> ends(
                path,
                samples,
                columns,
                inOrder(samples, columns),
                Optional.empty(),
                Replica.Slice.whole(this.plan.batch())));
    }

    /** @param order the order of the data; empty for batches in order */
    private PathEnds ends(
            PathPlan path,
            TrainingSamples samples,
            List<TrainingColumn> columns,
            Batches whole,
            Optional<RandomStream> order,
            Replica.Slice slice) {
        EndConditions conditions = new EndConditions(read(columns, samples), this::condition, interpreter, span);
        RandomStream draws = order.orElseGet(() -> new RandomStream(0).split(DrawPurpose.VALIDATION))
                .split(DrawPurpose.OTHER_END);
        return new PathEnds(
                interpreter,
                path,
                whole,
                others(path, samples, conditions, order, draws),
                conditions,
                draws.split(2),
                plan.batch(),
                slice,
                span);
    }

    /** Returns the columns by their positions in a batch, without labels that neither network nor loss reads. */
    private SortedMap<Integer, TrainingColumn> read(List<TrainingColumn> columns, TrainingSamples samples) {
        SortedMap<Integer, TrainingColumn> read = new TreeMap<>();
        for (int i = 0; i < columns.size(); i++) {
            TrainingColumn column = columns.get(i);
            if (!column.isLabel() || column.ofLoss() || isRead(column, columns, samples)) {
                read.put(samples.parts() + i, column);
            }
        }
        return read;
    }

    /** True if the network reads a column; a network that cannot be traced is left to the training, which tells why. */
    private boolean isRead(TrainingColumn column, List<TrainingColumn> columns, TrainingSamples samples) {
        Map<String, Type> types = columns.stream()
                .filter(TrainingColumn::ofNetwork)
                .collect(Collectors.toMap(
                        TrainingColumn::name, its -> its.remembered().type(1, interpreter.tensors())));
        try {
            return Kernels.of(interpreter)
                    .networks()
                    .use(plan.network(), column.name(), samples.shape().prepended(1), types, span)
                    .isRead();
        } catch (SdeError untraceable) {
            return true;
        }
    }

    private OtherSamples others(
            PathPlan path,
            TrainingSamples samples,
            EndConditions conditions,
            Optional<RandomStream> order,
            RandomStream draws) {
        if (path.law().isPresent()) {
            return new OtherSamples.OfLaw(path.law().get(), samples.shape(), draws.split(1), interpreter, span);
        }
        Tensor other = tensor(path.other());
        requireLike(samples, other, path);
        Backend backend = interpreter.session().backend();
        Optional<RowGroups> groups = path.isPaired() ? Optional.empty() : conditions.ofOther(path.other());
        if (groups.isPresent()) {
            return new OtherSamples.OfEqualConditions(other, groups.get(), conditions, draws.split(0), backend);
        }
        // paired rows follow the order of the data
        Optional<RandomStream> its = path.isPaired() ? order : Optional.of(draws.split(0));
        Batches batches = its.map(shuffled -> Batches.of(List.of(other), plan.batch(), shuffled))
                .orElseGet(() -> Batches.inOrder(List.of(other), plan.batch()));
        return new OtherSamples.Shuffled(batches, backend);
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
