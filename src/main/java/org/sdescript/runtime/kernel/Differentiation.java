package org.sdescript.runtime.kernel;

import java.util.Iterator;
import java.util.List;
import org.sdescript.graph.DType;
import org.sdescript.graph.Node;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.graph.gradient.Gradient;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.TensorLeaves;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * A function traced at a point x, and its derivatives at x, as nodes of the current trace. Lives within one trace.
 */
public final class Differentiation implements DerivativeAtPoint {
    private final Interpreter interpreter;
    private final GraphTracer tracer;
    private final Span span;
    private final Value point;
    private final Gradient gradient;
    private final Value result;

    private Differentiation(Interpreter interpreter, Callable f, Value x, Span span) {
        this.interpreter = interpreter;
        this.tracer = Kernels.of(interpreter).trace();
        this.span = span;
        this.point = TensorLeaves.replace(x, this::floating);
        this.gradient = Gradient.at(tracer.builder(), nodes(point));
        this.result = interpreter.call(f, span, like(point, gradient.variables()));
    }

    /** Traces f at x. Requires a current trace. */
    public static Differentiation of(Interpreter interpreter, Callable f, Value x, Span span) {
        return new Differentiation(interpreter, f, x, span);
    }

    /**
     * Converts whole numbers and truth values to floating-point tensors, since a derivative needs continuous values.
     */
    private Value floating(Value leaf) {
        return switch (interpreter.tensors().type(leaf)) {
            case Type.Scalar number -> leaf;
            case Type.TensorType(DType dtype, Shape shape) ->
                dtype.isFloating()
                        ? leaf
                        : interpreter.tensors().cast(leaf, interpreter.tensors().precision(), span);
        };
    }

    @Override
    public Value point() {
        return point;
    }

    @Override
    public Value result() {
        return result;
    }

    @Override
    public Value backward(Value weights, Span place) {
        return like(point, gradient.backward(nodes(result), fitting(weights, result, place)));
    }

    @Override
    public Value forward(Value tangents, Span place) {
        Value image = like(result, gradient.forward(nodes(result), fitting(tangents, point, place)));
        return TensorLeaves.replace(image, this::floating);
    }

    /** Returns the numbers and tensors in a value, in order. */
    public static List<Value> parts(Value value) {
        return TensorLeaves.of(value);
    }

    /** Returns a value in the structure of f(x), with these parts as its leaves. */
    public Value like(List<Value> parts) {
        Iterator<Value> next = parts.iterator();
        return TensorLeaves.replace(result, leaf -> next.next());
    }

    /**
     * Converts one-element tensors to numbers wherever the form has numbers: derivatives of numbers that were
     * combined with tensors are tensors of one element.
     */
    public static Value numbersOf(Value form, Value result) {
        List<Value> forms = TensorLeaves.of(form);
        if (forms.isEmpty()) {
            return result;
        }
        Iterator<Value> next = forms.iterator();
        return TensorLeaves.replace(
                result,
                leaf -> next.next() instanceof Value.Num && leaf instanceof Value.TensorValue(var tensor)
                        ? Value.number(tensor.item())
                        : leaf);
    }

    private List<Node> nodes(Value value) {
        return TensorLeaves.of(value).stream().map(tracer::node).toList();
    }

    private static Value like(Value form, List<Node> nodes) {
        Iterator<Node> next = nodes.iterator();
        return TensorLeaves.replace(form, leaf -> GraphTracer.value(next.next()));
    }

    private List<Node> fitting(Value given, Value form, Span place) {
        return new DirectionFit(interpreter.tensors(), span)
                .of(given, form, place).stream().map(tracer::node).toList();
    }
}
