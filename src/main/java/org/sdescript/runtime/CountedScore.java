package org.sdescript.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Shape;

/** A score whose evaluations are counted and whose results are checked to have the shape of x. */
public record CountedScore(Callable score) implements Callable {

    @Override
    public Signature signature() {
        return score.signature();
    }

    @Override
    public Map<String, Value> configuration() {
        return score.configuration();
    }

    @Override
    public Callable configured(Map<String, Value> given) {
        return new CountedScore(score.configured(given));
    }

    @Override
    public Optional<Shape> sampleShape() {
        return score.sampleShape();
    }

    @Override
    public Value invoke(Interpreter interpreter, Binding binding, Arguments arguments) {
        if (interpreter.tracer() == null) {
            interpreter.session().countEvaluations(1);
        } else {
            interpreter.tracer().countEvaluation();
        }
        Value result = score.invoke(interpreter, binding, arguments);
        Value x =
                arguments.positional().isEmpty() ? null : arguments.positional().getFirst();
        if (Tensors.isTensor(x) && !(result instanceof Value.TensorLike || result instanceof Value.Num)) {
            throw Diagnostic.error(
                            "E0514", arguments.span(), "the score returns " + result.kind() + " where x is a tensor")
                    .help("a score (x, t) returns a tensor of the shape of x")
                    .raise();
        }
        if (Tensors.isTensor(x) && Tensors.isTensor(result)) {
            Shape wanted = interpreter.tensors().shape(x);
            Shape given = interpreter.tensors().shape(result);
            if (!given.equals(wanted)) {
                throw Diagnostic.error(
                                "E0514", arguments.span(), "the score returns " + given + " where x is " + wanted)
                        .help("a score has the shape of x; the last layer of a network needs as many features as x")
                        .raise();
            }
        }
        return result;
    }

    @Override
    public List<Value> children() {
        return List.of(score);
    }

    @Override
    public String show() {
        return score.show();
    }
}
