package org.sdescript.runtime.process;

import java.util.List;
import java.util.function.Function;
import org.sdescript.algebra.Expr;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.process.Matrix;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;

/** Converts a matrix of formulas to a tensor. */
final class MatrixToTensor {
    private MatrixToTensor() {}

    /**
     * Returns [n, n], or [batch, n, n] if entries are tensors of one axis; returns the entry itself for a 1×1 matrix.
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
                .filter(shape -> shape.rank() > 0)
                .findFirst()
                .orElse(Shape.SCALAR);
        List<Value> columns = entries.stream()
                .map(entry -> tensors.reshape(
                        tensors.shape(entry).rank() > 0 ? entry : tensors.fill(entry, batch, call.span()),
                        Shape.of(batch.elements(), 1),
                        call.span()))
                .toList();
        Value flat = tensors.apply(new Operation.Concat(1), call.span(), columns);
        return tensors.reshape(
                flat, batch.rank() == 0 ? Shape.of(n, n) : Shape.of(batch.elements(), n, n), call.span());
    }
}
