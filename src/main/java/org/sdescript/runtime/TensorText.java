package org.sdescript.runtime;

import java.util.Locale;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;

/** Formats tensors: a scalar as a number, a small tensor in full, a large one by its shape and statistics. */
public final class TensorText {
    private static final int LARGEST_WHOLE = 64;

    private TensorText() {}

    static String of(Tensor tensor) {
        Shape shape = tensor.shape();
        double[] values = tensor.peek();
        if (shape.rank() == 0) {
            return element(tensor.dtype(), values[0]);
        }
        if (shape.elements() > LARGEST_WHOLE) {
            return summary(tensor, values);
        }
        StringBuilder text = new StringBuilder("tensor(");
        write(text, tensor, values, 0, 0, shape.elements());
        return text.append(")").toString();
    }

    private static void write(StringBuilder text, Tensor tensor, double[] values, int axis, long from, long count) {
        if (axis == tensor.shape().rank()) {
            text.append(element(tensor.dtype(), values[(int) from]));
            return;
        }
        long size = tensor.shape().size(axis);
        long inner = size == 0 ? 0 : count / size;
        text.append('[');
        for (long i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ", ");
            write(text, tensor, values, axis + 1, from + i * inner, inner);
        }
        text.append(']');
    }

    private static String summary(Tensor tensor, double[] values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double squares = 0;
        for (double value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
            sum += value;
        }
        double mean = sum / values.length;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return String.format(
                Locale.ROOT,
                "tensor %s %s, mean %.4g, std %.4g, from %.4g to %.4g",
                tensor.dtype(),
                tensor.shape(),
                mean,
                Math.sqrt(squares / Math.max(1, values.length - 1)),
                low,
                high);
    }

    public static String element(DType dtype, double value) {
        return switch (dtype) {
            case BOOL -> value != 0 ? "true" : "false";
            case FLOAT32 -> ValueText.number((float) value);
            case INT64, FLOAT64 -> ValueText.number(value);
        };
    }
}
