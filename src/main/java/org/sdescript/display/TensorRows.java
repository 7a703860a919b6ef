package org.sdescript.display;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.DType;
import org.sdescript.runtime.ValueText;

/** The elements of a vector or matrix, in rows; of a large one only the elements at its edges. */
final class TensorRows {
    private static final int WHOLE = 10;
    private static final int FIRST = 3;
    private static final int LAST = 2;
    private static final String LEFT_OUT = "…";

    private final DType type;
    private final double[] values;
    private final int columns;

    private TensorRows(Tensor tensor, int columns) {
        this.type = tensor.dtype();
        this.values = tensor.toDoubles();
        this.columns = columns;
    }

    /** The rows; empty if there is none, or if the tensor has more than two axes. */
    static String of(Tensor tensor) {
        int rank = tensor.shape().rank();
        if (tensor.shape().elements() == 0 || rank < 1 || rank > 2) {
            return "";
        }
        if (rank == 1) {
            TensorRows row = new TensorRows(tensor, (int) tensor.shape().elements());
            return new IndentedTable(List.of(), List.of(row.row(0))).text();
        }
        TensorRows rows = new TensorRows(tensor, (int) tensor.shape().size(1));
        List<List<String>> shown = edges((int) tensor.shape().size(0), rows::row, List.of(LEFT_OUT));
        return new IndentedTable(List.of(), shown).text();
    }

    private List<String> row(int row) {
        return edges(columns, column -> number(values[row * columns + column]), LEFT_OUT);
    }

    private static <T> List<T> edges(int count, IntFunction<T> element, T leftOut) {
        List<T> shown = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (count <= WHOLE || i < FIRST || i >= count - LAST) {
                shown.add(element.apply(i));
            } else if (i == FIRST) {
                shown.add(leftOut);
            }
        }
        return shown;
    }

    private String number(double value) {
        return switch (type) {
            case BOOL -> value != 0 ? "true" : "false";
            case INT64 -> ValueText.number(value);
            case FLOAT32, FLOAT64 -> isPlain(value) ? String.format(Locale.ROOT, "%.4f", value) : small(value);
        };
    }

    /** True if four decimals show enough digits. */
    private static boolean isPlain(double value) {
        double size = Math.abs(value);
        return value == 0 || size >= 1e-3 && size < 1e6;
    }

    private static String small(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3e", value) : ValueText.number(value);
    }
}
