package org.sdescript.learn;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.backend.RandomStream;
import org.sdescript.backend.Tensor;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.RowReader;
import org.sdescript.runtime.SlotTable;
import org.sdescript.runtime.TensorSource;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.Networks;
import org.sdescript.runtime.process.NanWatch;
import org.sdescript.source.Span;

/**
 * Reads and checks the samples and labels of a training.
 *
 * @param data the given data
 * @param name the data's name in messages
 */
record TrainingData(Interpreter interpreter, Training.Plan plan, Value data, String name, Span span) {
    static final String LABEL = "label";

    /** The variables (score, process, x0). */
    private static final int LOSS_VARIABLES = 3;

    /** Returns the validation data of the same training. */
    TrainingData validation(Value given) {
        return new TrainingData(interpreter, plan, given, "validation", span);
    }

    /** @param order the random stream of the sample order */
    Batches batches(TrainingSamples samples, RandomStream order) {
        Optional<Tensor> labels = labels();
        return samples.reader()
                .map(reader -> Batches.of(reader, labels.isPresent(), plan.batch(), order))
                .orElseGet(() -> Batches.of(tensors(samples, labels), plan.batch(), order));
    }

    /** Returns batches that visit each sample once. */
    Batches inOrder(TrainingSamples samples, Optional<Tensor> labels) {
        return samples.reader()
                .map(reader -> Batches.inOrder(reader, labels.isPresent(), plan.batch()))
                .orElseGet(() -> Batches.inOrder(tensors(samples, labels), plan.batch()));
    }

    private static List<Tensor> tensors(TrainingSamples samples, Optional<Tensor> labels) {
        return Stream.concat(samples.tensors().stream(), labels.stream()).toList();
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
            requireNumbers(value);
            return precise(tensor);
        }
        throw notSamples("of shape " + interpreter.tensors().shape(value));
    }

    private Optional<Value> given() {
        return data instanceof TensorSource source ? source.labels() : Optional.empty();
    }

    boolean hasLabels() {
        return given().isPresent();
    }

    /** Returns a label per sample, if the network or the loss takes labels. */
    Optional<Tensor> labels() {
        List<SlotTable.Slot> further = Networks.further(plan.network());
        Optional<Value> labels = given();
        List<SlotTable.Slot> open = further.stream()
                .filter(SlotTable.Slot::isRequired)
                .skip(labels.isPresent() ? 1 : 0)
                .toList();
        if (!open.isEmpty()) {
            throw withoutLabels(open.getFirst().name(), labels.isPresent());
        }
        plan.loss().signature().variables().stream()
                .skip(LOSS_VARIABLES)
                .filter(slot -> slot.isRequired() && !slot.name().equals(LABEL))
                .findFirst()
                .ifPresent(slot -> {
                    throw unknownVariable(slot.name());
                });
        if (labels.isEmpty() && takesLabels(plan.loss())) {
            throw withoutLabels();
        }
        return further.isEmpty() && !takesLabels(plan.loss())
                ? Optional.empty()
                : labels.map(value -> ((Value.TensorValue) value).tensor());
    }

    /** True for a loss with the variable {@code label}, such as a classification loss. */
    static boolean takesLabels(Callable loss) {
        return loss.signature().isVariable(LABEL);
    }

    private SdeError unknownVariable(String name) {
        return Diagnostic.error(
                        "E0565",
                        span,
                        "the loss " + plan.loss().show() + " takes `" + name
                                + "` after (score, process, x0), which training does not know")
                .help("labels are known by the name `label`")
                .raise();
    }

    private SdeError withoutLabels() {
        return Diagnostic.error(
                        "E0565", span, "the loss " + plan.loss().show() + " needs labels, and the data has none")
                .help("`labelled(x, y)` is data with labels")
                .raise();
    }

    private SdeError withoutLabels(String name, boolean isSecond) {
        String network = plan.network().signature().name();
        return Diagnostic.error(
                        "E0565",
                        span,
                        isSecond
                                ? "the network " + network + " takes `" + name
                                        + "` too, and data has one label a sample"
                                : "the network " + network + " takes `" + name + "`, and the data has no labels")
                .help(
                        isSecond
                                ? "give it a default, or declare it as a parameter, after a semicolon"
                                : "`labelled(x, y)` is data with labels; a value that is the same for all"
                                        + " samples is a parameter, declared after a semicolon")
                .raise();
    }

    private SdeError notSamples(String given) {
        return Diagnostic.error("E0802", span, name + " data is a tensor of samples, [n, …], and not " + given)
                .help("a column of numbers becomes samples with `reshape(x, [-1, 1])`")
                .raise();
    }

    private void requireNumbers(Value data) {
        List<Integer> lost = NanWatch.violated(data, interpreter.tensors(), span);
        if (!lost.isEmpty()) {
            String which = lost.size() == 1 ? "sample " : "samples, the first of them ";
            throw Diagnostic.error(
                            "E0810",
                            span,
                            "the " + (name.equals("training") ? "" : name + " ") + "data has nan or infinite values in "
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
