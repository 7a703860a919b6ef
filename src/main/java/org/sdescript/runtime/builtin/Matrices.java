package org.sdescript.runtime.builtin;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;

/** Functions of one matrix, computed on the host in double precision. */
public final class Matrices implements BuiltinLibrary {
    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("inv", Builtin.onHost(Matrices::inverse)),
                Map.entry("solve", Builtin.onHost(Matrices::solution)),
                Map.entry("det", Builtin.onHost(call -> Value.number(new SquareMatrix(square(call)).determinant()))),
                Map.entry("svd", Builtin.onHost(Matrices::singularValues)));
    }

    private static Value inverse(Call call) {
        double[][] a = square(call);
        double[][] unit = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            unit[i][i] = 1;
        }
        return tensor(call, regular(call, a).solve(unit));
    }

    private static Value solution(Call call) {
        double[][] a = square(call);
        Tensor b = finite(call, "b", "a vector or a matrix");
        Shape shape = b.shape();
        if (shape.rank() < 1 || shape.rank() > 2 || shape.size(0) != a.length) {
            throw call.diagnostic(
                            "E0502",
                            "solve takes `b` with " + a.length + " rows, as `a` has, and is given one of shape "
                                    + shape)
                    .help("a vector [n], or a matrix [n, k] of k right sides")
                    .raise();
        }
        double[][] rows = rows(b, a.length);
        double[][] x = regular(call, a).solve(rows);
        return call.tensors()
                .literal(shape, Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray(), call.span());
    }

    private static SquareMatrix regular(Call call, double[][] a) {
        SquareMatrix matrix = new SquareMatrix(a);
        double condition = matrix.condition();
        if (!matrix.isSingular(condition)) {
            return matrix;
        }
        String message = Double.isInfinite(condition)
                ? "the matrix is singular: it has no inverse"
                : "the matrix is singular in double precision: its condition number is "
                        + ValueText.number(Double.parseDouble(String.format(java.util.Locale.ROOT, "%.1e", condition)));
        throw call.diagnostic("E0571", message)
                .help("`svd(a)` shows which directions it maps to 0; a small multiple of the identity added to a"
                        + " covariance makes it regular")
                .raise();
    }

    private static Value singularValues(Call call) {
        Tensor given = finite(call, "a", "a matrix");
        Shape shape = given.shape();
        if (shape.rank() != 2 || shape.elements() == 0) {
            throw call.diagnostic("E0570", "svd takes a matrix, and is given a tensor of shape " + shape)
                    .help("`reshape(x, [len(x), -1])` makes a row of each sample")
                    .raise();
        }
        double[][] a = rows(given, (int) shape.size(0));
        boolean wide = shape.size(0) < shape.size(1);
        double[][] columns = wide ? a : transposed(a);
        int exponent = exponent(columns);
        SingularValues found = SingularValues.of(scaled(columns, -exponent));
        double[] values = scaled(new double[][] {found.values()}, exponent)[0];
        return Value.list(List.of(
                tensor(call, transposed(wide ? found.right() : found.left())),
                call.tensors().literal(Shape.of(values.length), values, call.span()),
                tensor(call, transposed(wide ? found.left() : found.right()))));
    }

    /** Returns the binary exponent of the largest entry; scaling by it prevents overflow and underflow of squares. */
    private static int exponent(double[][] rows) {
        double most = Arrays.stream(rows)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElse(0);
        return most == 0 ? 0 : Math.getExponent(most);
    }

    private static double[][] scaled(double[][] rows, int exponent) {
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(row).map(x -> Math.scalb(x, exponent)).toArray())
                .toArray(double[][]::new);
    }

    private static double[][] square(Call call) {
        Tensor given = finite(call, "a", "a square matrix");
        Shape shape = given.shape();
        if (shape.rank() != 2 || shape.size(0) != shape.size(1) || shape.size(0) == 0) {
            throw call.diagnostic(
                            "E0570", call.name() + " takes a square matrix, and is given a tensor of shape " + shape)
                    .help(
                            shape.rank() > 2
                                    ? "one matrix at a time: `[" + call.name() + "(a) for a in batch]`"
                                    : "least squares: `solve(transpose(a) @ a, transpose(a) @ b)`, or `svd(a)`")
                    .raise();
        }
        return rows(given, (int) shape.size(0));
    }

    private static Tensor finite(Call call, String slot, String wanted) {
        if (!(call.tensor(slot) instanceof Value.TensorValue(Tensor tensor))) {
            throw Coercion.mismatch(call.value(slot), "`" + slot + "` of " + call.name(), wanted, call.place(slot));
        }
        if (Arrays.stream(tensor.toDoubles()).anyMatch(x -> !Double.isFinite(x))) {
            throw call.diagnostic("E0572", "`" + slot + "` of " + call.name() + " holds nan or infinite numbers")
                    .help("print it to see where they are")
                    .raise();
        }
        return tensor;
    }

    private static double[][] rows(Tensor tensor, int count) {
        double[] flat = tensor.toDoubles();
        int width = count == 0 ? 0 : flat.length / count;
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
        }
        return rows;
    }

    private static double[][] transposed(double[][] rows) {
        double[][] columns = new double[rows[0].length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                columns[j][i] = rows[i][j];
            }
        }
        return columns;
    }

    private static Value tensor(Call call, double[][] rows) {
        double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        return call.tensors().literal(Shape.of(rows.length, rows[0].length), flat, call.span());
    }
}
