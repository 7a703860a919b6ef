package org.sdescript.runtime.builtin;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Value;

/** Functions computed on the host in double precision. */
public final class LinearAlgebra implements BuiltinLibrary {
    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("eigh", Builtin.onHost(LinearAlgebra::eigenvalues)),
                Map.entry("sort", Builtin.onHost(LinearAlgebra::sort)));
    }

    private static Tensor given(Call call, String slot, int rank, String wanted) {
        if (call.tensor(slot) instanceof Value.TensorValue(Tensor tensor)
                && tensor.shape().rank() >= rank) {
            return tensor;
        }
        throw Coercion.mismatch(call.value(slot), "`" + slot + "` of " + call.name(), wanted, call.span());
    }

    private static Value eigenvalues(Call call) {
        Tensor given = given(call, "a", 2, "a square matrix");
        Shape shape = given.shape();
        if (shape.rank() != 2 || shape.size(0) != shape.size(1)) {
            throw call.diagnostic("E0570", "eigh takes a square matrix, and is given a tensor of shape " + shape)
                    .help("`transpose(x) @ x` is a square symmetric matrix")
                    .raise();
        }
        int n = Math.toIntExact(shape.size(0));
        double[] flat = given.toDoubles();
        if (!Arrays.stream(flat).allMatch(Double::isFinite)) {
            throw call.diagnostic("E0570", "eigh takes a matrix of finite numbers, and is given one with nan or inf")
                    .help("`where(a == a, a, 0)` puts 0 in place of nan")
                    .raise();
        }
        RealMatrix matrix = MatrixUtils.createRealMatrix(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                matrix.setEntry(i, j, flat[i * n + j]);
                matrix.setEntry(j, i, flat[i * n + j]);
            }
        }
        EigenDecompositionSymmetric found = new EigenDecompositionSymmetric(matrix, 1e-12, false);
        double[] vectors = Arrays.stream(found.getV().getData())
                .flatMapToDouble(Arrays::stream)
                .toArray();
        return Value.list(List.of(
                call.tensors().literal(Shape.of(n), found.getEigenvalues(), call.span()),
                call.tensors().literal(shape, vectors, call.span())));
    }

    private static Value sort(Call call) {
        Tensor given = given(call, "x", 1, "a tensor");
        double[] values = given.toDoubles();
        int rows = Math.toIntExact(given.shape().size(0));
        int columns = rows == 0 ? 0 : values.length / rows;
        double[] column = new double[rows];
        for (int c = 0; c < columns; c++) {
            for (int i = 0; i < rows; i++) {
                column[i] = values[i * columns + c];
            }
            Arrays.sort(column);
            for (int i = 0; i < rows; i++) {
                values[i * columns + c] = column[i];
            }
        }
        return call.tensors().literal(given.shape(), values, call.span());
    }
}
