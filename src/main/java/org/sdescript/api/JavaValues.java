package org.sdescript.api;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/** Converts values of scripts to values of Java, and back. Runs only on the run's thread. */
final class JavaValues {
    private final SdeRun run;
    private final Tensors tensors;

    JavaValues(SdeRun run, Tensors tensors) {
        this.run = run;
        this.tensors = tensors;
    }

    @Nullable
    Object toJava(Value value) {
        return switch (value) {
            case Value.Num(double number) -> number;
            case Value.Bool(boolean bool) -> bool;
            case Value.Text(String text) -> text;
            case Value.None none -> null;
            case Value.TensorValue(Tensor tensor) -> array(tensor);
            case Value.ListValue(List<Value> elements) ->
                elements.stream().map(this::toJava).toList();
            case Value.RecordValue(Map<String, Value> fields) -> {
                Map<String, Object> map = new LinkedHashMap<>();
                fields.forEach((name, field) -> map.put(name, toJava(field)));
                yield map;
            }
            case Value.FormulaValue formula -> run.hold(new SdeValue(run, formula));
            case Callable callable -> run.hold(new SdeFunction(run, callable));
            case Value.Extension extension -> run.hold(new SdeValue(run, extension));
            case Value.TracedValue traced -> throw new IllegalStateException("a traced value outside of its kernel");
        };
    }

    private static NdArray array(Tensor tensor) {
        int[] shape = tensor.shape().sizes().stream().mapToInt(Math::toIntExact).toArray();
        return NdArray.of(tensor.toDoubles(), shape);
    }

    Value toValue(@Nullable Object object, Span span) {
        return switch (object) {
            case null -> Value.None.NONE;
            case Number number -> Value.number(number.doubleValue());
            case Boolean bool -> Value.Bool.of(bool);
            case CharSequence text -> Value.text(text.toString());
            case Character letter -> Value.text(letter.toString());
            case NdArray array -> tensor(array, span);
            case double[] numbers -> tensor(NdArray.of(numbers, numbers.length), span);
            case double[][] rows -> tensor(NdArray.of(rows), span);
            case float[] numbers ->
                tensor(
                        NdArray.of(
                                IntStream.range(0, numbers.length)
                                        .mapToDouble(i -> numbers[i])
                                        .toArray(),
                                numbers.length),
                        span);
            case int[] numbers -> whole(Arrays.stream(numbers).asDoubleStream().toArray(), span);
            case long[] numbers -> whole(Arrays.stream(numbers).asDoubleStream().toArray(), span);
            case SdeValue held -> own(held);
            case Map<?, ?> map -> {
                Map<String, Value> fields = new LinkedHashMap<>();
                map.forEach((name, field) -> fields.put(String.valueOf(name), toValue(field, span)));
                yield new Value.RecordValue(fields);
            }
            case Iterable<?> elements -> list(elements, span);
            case Object[] elements -> list(Arrays.asList(elements), span);
            default ->
                throw new IllegalArgumentException(
                        "a " + object.getClass().getName()
                                + " is no value of a script; numbers, truth values, strings, lists, maps and arrays of numbers are");
        };
    }

    private Value list(Iterable<?> elements, Span span) {
        List<Value> values = new java.util.ArrayList<>();
        elements.forEach(element -> values.add(toValue(element, span)));
        return Value.list(values);
    }

    /** Throws if the value belongs to another run: native memory is valid in one run only. */
    private Value own(SdeValue held) {
        if (!held.run().shares(run)) {
            throw new IllegalArgumentException("this " + held.value().kind().word() + " is of another run");
        }
        return held.value();
    }

    private Value tensor(NdArray array, Span span) {
        long[] sizes = Arrays.stream(array.shape()).asLongStream().toArray();
        return tensors.literal(Shape.of(sizes), array.doubles(), span);
    }

    private Value whole(double[] numbers, Span span) {
        return tensors.literal(DType.INT64, Shape.of(numbers.length), numbers, span);
    }
}
