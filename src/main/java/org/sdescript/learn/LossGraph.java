package org.sdescript.learn;

import java.util.List;
import java.util.Map;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.Kernels;
import org.sdescript.runtime.kernel.Networks;
import org.sdescript.source.Span;

/** Traces the loss of one batch into a graph. */
record LossGraph(Interpreter interpreter, Training.Plan plan, Span span) {

    /**
     * Traces loss(score, process, x0) for batches of the size of an example; the trace of a model that is being
     * initialised creates its parameters.
     */
    Kernels.Traced of(ModelValue model, TrainingSamples data, Batches.Batch example) {
        Kernels.Traced loss = Kernels.of(interpreter).prepare("loss", example.values(), traced -> {
            List<Value> taken = Batches.taken(traced, interpreter.tensors(), span);
            return scalar(interpreter.call(plan.loss(), arguments(model, data, taken)));
        });
        if (model.parameters().count() == 0) {
            throw withoutNetwork();
        }
        return loss;
    }

    private Arguments arguments(ModelValue model, TrainingSamples data, List<Value> batch) {
        Callable score = labelled(model, batch, data.parts());
        return new Arguments(
                List.of(score, plan.process(), data.form(batch)),
                TrainingData.takesLabels(plan.loss()) ? Map.of(TrainingData.LABEL, batch.get(data.parts())) : Map.of(),
                span);
    }

    /** Returns the model with the batch's labels bound if its network takes labels: a score of (x, t). */
    private Callable labelled(ModelValue model, List<Value> batch, int tensors) {
        return batch.size() == tensors || Networks.further(plan.network()).isEmpty()
                ? model
                : model.configured(
                        Map.of(Networks.further(plan.network()).getFirst().name(), batch.get(tensors)));
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
