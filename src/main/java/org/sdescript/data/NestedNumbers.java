package org.sdescript.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.graph.DType;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.runtime.TensorSource;
import org.sdescript.runtime.Value;

/** Converts values to arrays of numbers: tensors, data sets, numbers, and nested lists whose rows are equally long. */
final class NestedNumbers {
    private final List<Double> numbers = new ArrayList<>();
    private final List<Long> shape = new ArrayList<>();

    private NestedNumbers() {}

    /** Empty for a value that is no array of numbers. */
    static Optional<NumberArray> array(Value value) {
        return switch (value) {
            case Value.TensorValue(var tensor) -> {
                long[] shape = tensor.shape().toArray();
                yield Optional.of(
                        tensor.dtype() == DType.FLOAT32
                                ? NumberArray.of(tensor.toFloats(), shape)
                                : NumberArray.of(tensor.toDoubles(), shape));
            }
            case TensorSource source -> array(source.tensor());
            case Value.Num(double number) -> Optional.of(NumberArray.of(new double[] {number}));
            case Value.ListValue list -> nested(list);
            default -> Optional.empty();
        };
    }

    private static Optional<NumberArray> nested(Value.ListValue list) {
        NestedNumbers all = new NestedNumbers();
        return all.collect(list, 0)
                ? Optional.of(NumberArray.of(
                        all.numbers.stream().mapToDouble(Double::doubleValue).toArray(),
                        all.shape.stream().mapToLong(Long::longValue).toArray()))
                : Optional.empty();
    }

    /** Collects the numbers below the first {@code axis} axes; false if the rows differ in length or depth. */
    private boolean collect(Value value, int axis) {
        StopRequest.poll();
        if (value instanceof Value.ListValue(var elements)) {
            return isAxis(axis, elements.size()) && elements.stream().allMatch(each -> collect(each, axis + 1));
        }
        Optional<NumberArray> inner = array(value);
        if (inner.isEmpty()) {
            return false;
        }
        long[] sizes = inner.get().shape();
        for (int i = 0; i < sizes.length; i++) {
            if (!isAxis(axis + i, sizes[i])) {
                return false;
            }
        }
        for (double number : inner.get().values()) {
            numbers.add(number);
        }
        return axis + sizes.length == shape.size();
    }

    private boolean isAxis(int axis, long size) {
        boolean isNew = axis == shape.size() && numbers.isEmpty();
        if (isNew) {
            shape.add(size);
        }
        return axis < shape.size() && shape.get(axis) == size;
    }
}
