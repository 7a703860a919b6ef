package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sdescript.backend.MemoryLimit;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Replica;
import org.sdescript.runtime.TensorLeaves;
import org.sdescript.runtime.TensorSource;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;

/** Functions that create tensors: from numbers, filled, as sequences, or random. */
public final class TensorCreation implements BuiltinLibrary {
    private static final long LARGEST = 1L << 31;

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("tensor", TensorCreation::tensor),
                Map.entry("zeros", filled(0)),
                Map.entry("ones", filled(1)),
                Map.entry("full", call -> call.tensors().fill(call.tensor("value"), shape(call), call.span())),
                Map.entry("arange", TensorCreation::arange),
                Map.entry("linspace", TensorCreation::linspace),
                Map.entry("randn", call -> call.tensors().normal(shape(call), call.span())),
                Map.entry("randn_like", call -> like(call.value("x"), call, shape -> normal(shape, call))),
                Map.entry(
                        "rademacher_like",
                        call -> like(call.value("x"), call, shape -> call.tensors()
                                .unary(UnaryOperation.SIGN, normal(shape, call), call.span()))),
                Map.entry("uniform", TensorCreation::uniform),
                Map.entry("stratified", TensorCreation::stratified));
    }

    private static Builtin.Body filled(double value) {
        return call -> call.tensors().fill(Value.number(value), shape(call), call.span());
    }

    private static Shape shape(Call call) {
        Shape shape = call.shape("shape");
        double elements = 1;
        for (long size : shape.sizes()) {
            elements *= Math.max(1, size);
        }
        if (elements > LARGEST) {
            throw tooLarge(shape, call);
        }
        return shape;
    }

    private static SdeError tooLarge(Shape shape, Call call) {
        double bytes = shape.sizes().stream()
                .mapToDouble(Long::doubleValue)
                .reduce(call.tensors().precision() == DType.FLOAT64 ? Double.BYTES : Float.BYTES, (a, b) -> a * b);
        return call.diagnostic("E0423", "a tensor of shape " + shape + " is too large")
                .label("takes " + MemoryLimit.inUnits(bytes))
                .note("the largest tensor has " + LARGEST + " elements")
                .help("work on it in parts: one batch after the other")
                .raise();
    }

    private static Value tensor(Call call) {
        Value values = call.value("values");
        return values instanceof Value.TensorLike
                ? values
                : fromList(values, call, call.tensors().precision());
    }

    /** Converts nested lists of numbers to a tensor; all rows have the same length. */
    static Value fromList(Value nested, Call call, DType dtype) {
        if (nested instanceof Value.ListValue(var elements)
                && !elements.isEmpty()
                && elements.stream().allMatch(Value.TensorLike.class::isInstance)) {
            return Shaping.stack(elements, 0, call);
        }
        if (call.tensors().isNumbers(nested) && TensorLeaves.anyTensor(List.of(nested))) {
            return call.tensors().cast(call.tensors().ofNumbers(nested, call.span()), dtype, call.span());
        }
        List<Long> sizes = new ArrayList<>();
        for (Value at = nested; at instanceof Value.ListValue(var elements); at = elements.getFirst()) {
            sizes.add((long) elements.size());
            if (elements.isEmpty()) {
                break;
            }
        }
        Shape shape = new Shape(sizes);
        List<Double> values = new ArrayList<>();
        collect(nested, shape, 0, values, call);
        return call.tensors()
                .literal(
                        dtype,
                        shape,
                        values.stream().mapToDouble(Double::doubleValue).toArray(),
                        call.span());
    }

    private static void collect(Value value, Shape shape, int axis, List<Double> into, Call call) {
        if (axis == shape.rank()) {
            into.add(
                    value instanceof Value.Bool(boolean bool)
                            ? (bool ? 1.0 : 0.0)
                            : Coercion.number(value, "an element of a tensor", call.span()));
            return;
        }
        if (!(value instanceof Value.ListValue(var elements)) || elements.size() != shape.size(axis)) {
            throw call.diagnostic("E0509", "the rows of a tensor differ in length")
                    .help("every list on one level needs as many elements as the first, here " + shape.size(axis))
                    .raise();
        }
        elements.forEach(element -> collect(element, shape, axis + 1, into, call));
    }

    private static Value arange(Call call) {
        boolean fromZero = call.given("b").isEmpty();
        double from = fromZero ? 0 : call.number("a");
        double to = fromZero ? call.number("a") : call.number("b");
        double step = call.number("step");
        double count = Math.ceil((to - from) / step);
        if (!(Math.abs(step) > 0) || count > LARGEST) {
            throw call.error(
                    "E0423",
                    "arange from " + ValueText.number(from) + " to " + ValueText.number(to) + " by "
                            + ValueText.number(step) + " has too many elements or no end");
        }
        call.tensors().requireInJava(Shape.of((long) Math.max(0, count)), call.span());
        double[] values = new double[(int) Math.max(0, count)];
        for (int i = 0; i < values.length; i++) {
            StopRequest.poll();
            values[i] = from + i * step;
        }
        return call.tensors().literal(Shape.of(values.length), values, call.span());
    }

    /** Returns (k + u)/n for the places k of the samples in their batch of n, and uniform u. */
    private static Value stratified(Call call) {
        int count = call.integer("n");
        Shape shape = Shape.of(count);
        call.tensors().requireInJava(shape, call.span());
        Replica.Slice slice = call.session().sampling().slice(count);
        double[] places = new double[count];
        for (int i = 0; i < count; i++) {
            StopRequest.poll();
            places[i] = slice.from() + i;
        }
        Value place = call.tensors().literal(shape, places, call.span());
        Value within = call.tensors()
                .binary(BinaryOperation.ADD, place, call.tensors().uniform(shape, call.span()), call.span());
        return call.tensors().binary(BinaryOperation.DIVIDE, within, Value.number(slice.batch()), call.span());
    }

    private static Value linspace(Call call) {
        double from = call.number("a");
        double to = call.number("b");
        call.tensors().requireInJava(Shape.of(call.integer("n")), call.span());
        double[] values = new double[call.integer("n")];
        for (int i = 0; i < values.length; i++) {
            StopRequest.poll();
            values[i] = values.length == 1 ? from : from + (to - from) * i / (values.length - 1);
        }
        return call.tensors().literal(Shape.of(values.length), values, call.span());
    }

    /** Draws in the shape of a value; for a record or list, field by field. */
    private static Value like(Value value, Call call, Function<Shape, Value> draw) {
        return switch (value) {
            case Value.ListValue(var elements) ->
                Value.list(elements.stream()
                        .map(element -> like(element, call, draw))
                        .toList());
            case Value.RecordValue(var fields) -> {
                Map<String, Value> drawn = new LinkedHashMap<>();
                fields.forEach((name, field) -> drawn.put(name, like(field, call, draw)));
                yield new Value.RecordValue(drawn);
            }
            case TensorSource source -> like(source.tensor(), call, draw);
            default ->
                draw.apply(call.tensors().shape(call.tensors().require(value, "x of " + call.name(), call.span())));
        };
    }

    private static Value normal(Shape shape, Call call) {
        return call.tensors().normal(shape, call.span());
    }

    private static Value uniform(Call call) {
        Value unit = call.tensors().uniform(shape(call), call.span());
        Value from = call.tensor("a");
        Value width = call.tensors().binary(BinaryOperation.SUBTRACT, call.tensor("b"), from, call.span());
        return call.tensors()
                .binary(
                        BinaryOperation.ADD,
                        from,
                        call.tensors().binary(BinaryOperation.MULTIPLY, width, unit, call.span()),
                        call.span());
    }
}
