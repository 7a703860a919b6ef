package org.sdescript.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/** Converts values of scripts to values of Java, and {@link PlainData} back. Runs only on the run's thread. */
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
            case Value.TensorValue(Tensor tensor) -> tensor.shape().rank() == 0 ? single(tensor) : array(tensor);
            case Value.ListValue(List<Value> elements) ->
                elements.stream().map(this::toJava).toList();
            case Value.RecordValue(Map<String, Value> fields) -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                fields.forEach((name, field) -> map.put(name, toJava(field)));
                yield map;
            }
            case Value.FormulaValue formula -> run.hold(new SdeValue(run, formula));
            case Callable callable -> run.hold(new SdeFunction(run, callable));
            case Value.Extension extension -> run.hold(new SdeValue(run, extension));
            case Value.TracedValue traced -> throw new IllegalStateException("a traced value outside of its kernel");
        };
    }

    /** A tensor without axes is a number to Java, such as the result of {@code sum}. */
    private static Object single(Tensor tensor) {
        return tensor.dtype() == DType.BOOL ? (Object) (tensor.item() != 0) : (Object) tensor.item();
    }

    static NdArray array(Tensor tensor) {
        int[] shape = tensor.shape().sizes().stream().mapToInt(Math::toIntExact).toArray();
        DType dtype = tensor.dtype() == DType.BOOL || tensor.dtype() == DType.INT64 ? tensor.dtype() : null;
        return NdArray.of(tensor.toDoubles(), dtype, shape);
    }

    /** @param plain as {@link PlainData} makes it */
    Value toValue(@Nullable Object plain, Span span) {
        return switch (plain) {
            case null -> Value.None.NONE;
            case Double number -> Value.number(number);
            case Boolean bool -> Value.Bool.of(bool);
            case String text -> Value.text(text);
            case NdArray array -> tensor(array, span);
            case SdeValue held -> own(held);
            case Map<?, ?> map -> {
                Map<String, Value> fields = new LinkedHashMap<>();
                map.forEach((name, field) -> fields.put(String.valueOf(name), toValue(field, span)));
                yield new Value.RecordValue(fields);
            }
            case List<?> elements -> {
                List<Value> values = new ArrayList<>();
                elements.forEach(element -> values.add(toValue(element, span)));
                yield Value.list(values);
            }
            default -> throw new IllegalStateException(plain.getClass() + " is no plain data");
        };
    }

    /** Throws if the value belongs to another run: native memory is valid in one run only. */
    private Value own(SdeValue held) {
        if (held.run().session() != run.session()) {
            throw SdeException.of(
                    "E0401",
                    "this " + held.value().kind().word() + " is of another run",
                    "pass numbers and arrays between runs; models go through files: `save` and `load`");
        }
        return held.value();
    }

    private Value tensor(NdArray array, Span span) {
        Shape shape = Shape.of(Arrays.stream(array.shape()).asLongStream().toArray());
        DType dtype = array.dtype();
        return dtype == null
                ? tensors.literal(shape, array.doubles(), span)
                : tensors.literal(dtype, shape, array.doubles(), span);
    }
}
