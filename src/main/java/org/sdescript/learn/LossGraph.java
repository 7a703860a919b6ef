package org.sdescript.learn;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.Kernels;
import org.sdescript.runtime.kernel.Networks;
import org.sdescript.runtime.process.ProcessValue;
import org.sdescript.source.Span;

/**
 * Traces the loss of one batch into a graph.
 *
 * @param dropped the share of the samples that the network sees without their conditions
 */
record LossGraph(Interpreter interpreter, Training.Plan plan, double dropped, Span span) {
    /** The variable of a loss for the samples of the second end of a path. */
    static final String END = "x1";

    /**
     * Traces loss(score, process, x0) for batches of the size of an example; the trace of a model that is being
     * initialised creates its parameters.
     */
    Kernels.Traced of(ModelValue model, TrainingSamples data, List<TrainingColumn> columns, Batches.Batch example) {
        Kernels.Traced loss = Kernels.of(interpreter).prepare("loss", example.values(), traced -> {
            List<Value> taken = Batches.taken(traced, plan.path().isPresent(), interpreter.tensors(), span);
            return scalar(interpreter.call(plan.loss(), arguments(model, data, columns, taken)));
        });
        if (model.parameters().count() == 0) {
            throw withoutNetwork();
        }
        return loss;
    }

    /** Returns the names of the network's variables that the loss does not depend on. */
    static Set<String> unused(Kernels.Traced loss, TrainingSamples data, List<TrainingColumn> columns) {
        Set<Integer> used = new HashSet<>();
        loss.graph().nodes().forEach(node -> {
            if (node.operation() instanceof Operation.Input(int index, var type)) {
                used.add(index);
            }
        });
        return IntStream.range(0, columns.size())
                .filter(i -> !used.contains(data.parts() + i))
                .mapToObj(i -> columns.get(i).name())
                .collect(Collectors.toSet());
    }

    private Arguments arguments(
            ModelValue model, TrainingSamples data, List<TrainingColumn> columns, List<Value> batch) {
        List<Value> given = batch.subList(data.parts(), data.parts() + columns.size());
        Map<String, Value> ofLoss = new LinkedHashMap<>();
        Value own = data.form(batch);
        boolean isEnd = plan.path().filter(path -> !path.dataIsStart()).isPresent();
        plan.path().ifPresent(path -> ofLoss.put(END, isEnd ? own : batch.getLast()));
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).ofLoss()) {
                ofLoss.put(
                        columns.get(i).isLabel()
                                ? TrainedConditions.LABEL
                                : columns.get(i).name(),
                        given.get(i));
            }
        }
        ProcessValue process = model.ofSamples().process(ofProcess(columns, given), own, interpreter, span);
        return new Arguments(
                List.of(conditioned(model, columns, given), process, isEnd ? batch.getLast() : own), ofLoss, span);
    }

    private static Map<String, Value> ofProcess(List<TrainingColumn> columns, List<Value> given) {
        Map<String, Value> parameters = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).ofProcess()) {
                parameters.put(columns.get(i).name(), given.get(i));
            }
        }
        return parameters;
    }

    /** Returns the model with the batch's labels and conditions bound: a score of (x, t). */
    private Callable conditioned(ModelValue model, List<TrainingColumn> columns, List<Value> given) {
        Map<String, Value> bound = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).ofNetwork() || columns.get(i).ofProcess()) {
                bound.put(columns.get(i).name(), given.get(i));
            }
        }
        return model.configured(dropped > 0 ? dropping(model, bound) : bound);
    }

    /** Replaces the conditions of some samples, all of a sample together, by what stands for dropped ones. */
    private Map<String, Value> dropping(ModelValue model, Map<String, Value> bound) {
        Tensors tensors = interpreter.tensors();
        Shape samples = Shape.of(tensors.shape(bound.values().iterator().next()).size(0));
        Value told = tensors.binary(
                BinaryOperation.GREATER_EQUAL, tensors.uniform(samples, span), Value.number(dropped), span);
        Map<String, Value> some = new LinkedHashMap<>();
        bound.forEach((name, value) -> {
            if (model.conditions().isOfProcess(name)) {
                some.put(name, value);
                return;
            }
            Value.Num missing = model.conditions().find(name).orElseThrow().missing();
            Value kept = tensors.apply(new Operation.Where(), span, tensors.align(told, value, span), value, missing);
            some.put(
                    name,
                    tensors.type(value) instanceof Type.TensorType(DType dtype, var shape)
                            ? tensors.cast(kept, dtype, span)
                            : kept);
        });
        if (Networks.further(plan.network()).stream()
                        .anyMatch(slot -> slot.name().equals(TrainedConditions.TOLD))
                && !bound.containsKey(TrainedConditions.TOLD)) {
            some.put(TrainedConditions.TOLD, tensors.cast(told, tensors.precision(), span));
        }
        return some;
    }

    private Value scalar(Value loss) {
        if (loss instanceof Value.TracedValue traced
                && !traced.node().isNumber()
                && traced.node().shape().elements() == 1) {
            return loss;
        }
        throw Diagnostic.error(
                        "E0803",
                        span,
                        "the loss " + plan.loss().show() + " returns "
                                + (loss instanceof Value.Num
                                        ? "a number that does not depend on the network"
                                        : described(loss) + " and not a single number"))
                .help("compute with `score(x, t)` and end the loss with `return mean(…)`")
                .raise();
    }

    private String described(Value value) {
        return Tensors.isTensor(value)
                ? "a tensor of shape " + interpreter.tensors().shape(value)
                : value.words();
    }

    private SdeError withoutNetwork() {
        return Diagnostic.error(
                        "E0905",
                        span,
                        "the loss " + plan.loss().show() + " does not depend on the parameters of "
                                + plan.network().show())
                .help("a loss calls `score(x, t)`, and a network has layers such as `dense(x, 2)`")
                .raise();
    }
}
