package org.sdescript.runtime.kernel;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.DType;
import org.sdescript.graph.Node;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.graph.gradient.Gradient;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.ShapeNotes;
import org.sdescript.runtime.TensorLeaves;
import org.sdescript.runtime.TensorSource;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * A function traced at a point x, and its derivatives at x. The point and the result are numbers, tensors, or lists
 * or records of them. Lives within one trace.
 */
public final class Differentiation {
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

    /** Returns x as floating-point values. */
    public Value point() {
        return point;
    }

    /** Returns f(x). */
    public Value result() {
        return result;
    }

    /**
     * Returns Jᵀ v, in the structure of x.
     *
     * @param weights v: in the structure of f(x); a number in place of a tensor is broadcast
     * @param place the span of v in the script
     */
    public Value backward(Value weights, Span place) {
        return like(point, gradient.backward(nodes(result), fitting(weights, result, place)));
    }

    /**
     * Returns J v, in the structure of f(x).
     *
     * @param tangents v: in the structure of x; a number in place of a tensor is broadcast
     * @param place the span of v in the script
     */
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
        List<Value> leaves = new ArrayList<>();
        fit(given, form, leaves, place);
        return leaves.stream().map(tracer::node).toList();
    }

    private void fit(Value given, Value form, List<Value> leaves, Span place) {
        switch (form) {
            case Value.ListValue(var elements)
            when given instanceof Value.ListValue(var its) && its.size() == elements.size() -> {
                for (int i = 0; i < elements.size(); i++) {
                    fit(its.get(i), elements.get(i), leaves, place);
                }
            }
            case Value.RecordValue(var fields)
            when given instanceof Value.RecordValue(var its) && its.keySet().equals(fields.keySet()) ->
                fields.forEach((name, field) -> fit(Objects.requireNonNull(its.get(name)), field, leaves, place));
            case Value leaf when isLeaf(leaf) && isLeaf(given) -> leaves.add(fitted(given, leaf, place));
            default -> throw unfit(given, form, place);
        }
    }

    private static boolean isLeaf(Value value) {
        return value instanceof Value.Num || value instanceof Value.TensorLike || value instanceof TensorSource;
    }

    private Value fitted(Value given, Value leaf, Span place) {
        Tensors tensors = interpreter.tensors();
        if (!Tensors.isTensor(given)) {
            return given;
        }
        boolean single = !Tensors.isTensor(leaf) && tensors.shape(given).elements() == 1;
        if (!single && !tensors.shape(given).equals(tensors.shape(leaf))) {
            throw unfit(given, leaf, place);
        }
        Value shaped = tensors.reshape(given, tensors.shape(leaf), span);
        return tensors.type(leaf) instanceof Type.TensorType(DType dtype, var shape)
                ? tensors.cast(shaped, dtype, span)
                : shaped;
    }

    private RuntimeException unfit(Value given, Value form, Span place) {
        return Diagnostic.error("E0551", place, "`v` is " + told(given) + " where " + told(form) + " is needed")
                .note("jvp(f, x, v) takes v of the form of x, vjp(f, x, v) one of the form of f(x)")
                .help("`ones(x.shape)` and `randn_like(x)` are of the shape of x; a number stands for all elements")
                .raise();
    }

    private String told(Value value) {
        return ShapeNotes.shapeText(value, interpreter.tensors()).orElseGet(value::words);
    }
}
