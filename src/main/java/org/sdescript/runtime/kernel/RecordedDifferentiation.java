package org.sdescript.runtime.kernel;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.TensorLeaves;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * A function run at a point x outside of kernels, with all that depends on x on a {@link Tape}, and its derivative at
 * x. So the function may sample, simulate and solve equations, and branch on the values of tensors. Numbers in the
 * point are tensors of shape [] for the function.
 */
public final class RecordedDifferentiation implements DerivativeAtPoint, AutoCloseable {
    private final Interpreter interpreter;
    private final Span span;
    private final Value point;
    private final Tape tape;
    private final Value result;

    private RecordedDifferentiation(Interpreter interpreter, Callable f, Value x, Span span, boolean forward) {
        this.interpreter = interpreter;
        this.span = span;
        this.point = TensorLeaves.replace(x, this::variable);
        Tapes tapes = Kernels.of(interpreter).tapes();
        this.tape =
                new Tape(new GraphDerivatives.Runner(interpreter.session().backend(), tapes), tensors(point), forward);
        tapes.begin(tape);
        try {
            this.result = interpreter.call(f, span, point);
        } catch (Throwable e) {
            tape.close();
            throw e;
        } finally {
            tapes.end(tape);
        }
    }

    /**
     * Runs f at x.
     *
     * @param forward true for a later {@link #forward}, false for a later {@link #backward}; one of them, once
     */
    public static RecordedDifferentiation of(Interpreter interpreter, Callable f, Value x, Span span, boolean forward) {
        return new RecordedDifferentiation(interpreter, f, x, span, forward);
    }

    /** Returns a new floating tensor of the same value: the same tensor elsewhere in f is a constant. */
    private Value variable(Value leaf) {
        Tensors tensors = interpreter.tensors();
        return switch (tensors.type(leaf)) {
            case Type.Scalar number -> tensors.fill(leaf, Shape.SCALAR, span);
            case Type.TensorType(DType dtype, Shape shape) ->
                dtype.isFloating()
                        ? tensors.apply(new Operation.Reshape(shape), span, leaf)
                        : tensors.cast(leaf, tensors.precision(), span);
        };
    }

    private static List<Tensor> tensors(Value value) {
        return TensorLeaves.of(value).stream()
                .filter(Value.TensorValue.class::isInstance)
                .map(leaf -> ((Value.TensorValue) leaf).tensor())
                .toList();
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
        Map<Tensor, Tensor> cotangents = directions(weights, result, place);
        return like(point, tape.backward(cotangents));
    }

    @Override
    public Value forward(Value tangents, Span place) {
        Set<Tensor> results = Collections.newSetFromMap(new IdentityHashMap<>());
        results.addAll(tensors(result));
        return like(result, tape.forward(directions(tangents, point, place), results));
    }

    /** Returns the direction of each tensor in a value; the directions of a repeated tensor are added. */
    private Map<Tensor, Tensor> directions(Value given, Value form, Span place) {
        List<Value> directions = new DirectionFit(interpreter.tensors(), span).of(given, form, place);
        List<Value> leaves = TensorLeaves.of(form);
        Map<Tensor, Tensor> byTensor = new IdentityHashMap<>();
        for (int i = 0; i < leaves.size(); i++) {
            if (leaves.get(i) instanceof Value.TensorValue(Tensor tensor)
                    && tensor.dtype().isFloating()) {
                Value whole = filled(directions.get(i), tensor);
                Tensor before = byTensor.get(tensor);
                byTensor.put(tensor, before == null ? raw(whole) : raw(sum(new Value.TensorValue(before), whole)));
            }
        }
        return byTensor;
    }

    private Value sum(Value a, Value b) {
        return interpreter.tensors().binary(BinaryOperation.ADD, a, b, span);
    }

    private static Tensor raw(Value value) {
        return ((Value.TensorValue) value).tensor();
    }

    private Value filled(Value direction, Tensor tensor) {
        Tensors tensors = interpreter.tensors();
        return direction instanceof Value.Num
                ? tensors.cast(tensors.fill(direction, tensor.shape(), span), tensor.dtype(), span)
                : direction;
    }

    /** Returns a value of this form with the tensors found for its tensors, and zeros for all others. */
    private Value like(Value form, Map<Tensor, Tensor> found) {
        Map<Tensor, Value> owned = new IdentityHashMap<>();
        return TensorLeaves.replace(form, leaf -> {
            if (!(leaf instanceof Value.TensorValue(Tensor tensor))) {
                return Value.number(0);
            }
            return owned.computeIfAbsent(tensor, its -> {
                Tensor derivative = found.get(its);
                return derivative == null
                        ? filled(Value.number(0), its)
                        : interpreter.tensors().result(derivative);
            });
        });
    }

    /** Frees the tape. */
    @Override
    public void close() {
        tape.close();
    }
}
