package org.sdescript.runtime.process;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.sdescript.algebra.Expr;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.TypeInference;
import org.sdescript.process.Matrix;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;

/** Converts a matrix of formulas to a tensor. */
final class MatrixToTensor {
    private MatrixToTensor() {}

    /**
     * Returns [n, n], or […, n, n] if entries are tensors, of times or of parameters, that broadcast to […]; returns the
     * entry itself for a 1×1 matrix.
     */
    static Value of(Matrix matrix, Function<Expr, Value> value, Call call) {
        if (matrix.height() == 1) {
            return value.apply(matrix.at(0, 0));
        }
        Tensors tensors = call.tensors();
        List<Value> entries =
                matrix.rows().stream().flatMap(List::stream).map(value).toList();
        int n = matrix.height();
        Shape batch = entries.stream()
                .map(tensors::shape)
                .reduce(Shape.SCALAR, (a, b) -> TypeInference.broadcast(a, b, call.span()));
        List<Value> columns = entries.stream()
                .map(entry ->
                        tensors.reshape(whole(entry, batch, tensors, call), Shape.of(batch.elements(), 1), call.span()))
                .toList();
        Value flat = tensors.apply(new Operation.Concat(1), call.span(), columns);
        List<Long> sizes = new ArrayList<>(batch.sizes());
        sizes.addAll(List.of((long) n, (long) n));
        return tensors.reshape(flat, new Shape(sizes), call.span());
    }

    private static Value whole(Value entry, Shape batch, Tensors tensors, Call call) {
        Shape its = tensors.shape(entry);
        return its.equals(batch) && Tensors.isTensor(entry)
                ? entry
                : its.rank() == 0
                        ? tensors.fill(entry, batch, call.span())
                        : tensors.apply(new Operation.Broadcast(batch), call.span(), entry);
    }
}
