package org.sdescript.runtime.process;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.sdescript.algebra.Expr;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.process.Matrix;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * A square matrix whose entries are evaluated at times: numbers, traced numbers of a kernel, or tensors of one number
 * per time. Computes functions without a formula, such as the root of a product.
 */
final class NumberMatrix {
    /**
     * Each step of Newton's iteration improves the smallest eigenvalue by a factor of 4 and converges quadratically
     * near 1: 20 steps suffice for eigenvalues down to 1e-9, the fraction of the variance that remains in a
     * direction.
     */
    private static final int ROOT_STEPS = 20;

    /** The divisor in place of 0 where the dividend is 0 as well. */
    private static final Value TINY = Value.number(1e-300);

    private final List<List<Value>> rows;
    private final Tensors tensors;
    private final Span span;

    private NumberMatrix(List<List<Value>> rows, Tensors tensors, Span span) {
        this.rows = rows;
        this.tensors = tensors;
        this.span = span;
    }

    static NumberMatrix of(Matrix formulas, Function<Expr, Value> value, Tensors tensors, Span span) {
        return new NumberMatrix(
                formulas.rows().stream()
                        .map(row -> row.stream().map(value).toList())
                        .toList(),
                tensors,
                span);
    }

    @FunctionalInterface
    private interface Entry {
        Value at(int row, int column);
    }

    private NumberMatrix filled(int size, Entry entry) {
        List<List<Value>> filled = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int row = i;
            filled.add(IntStream.range(0, size).mapToObj(j -> entry.at(row, j)).toList());
        }
        return new NumberMatrix(filled, tensors, span);
    }

    int size() {
        return rows.size();
    }

    Value at(int row, int column) {
        return rows.get(row).get(column);
    }

    NumberMatrix identity() {
        return filled(size(), (i, j) -> Value.number(i == j ? 1 : 0));
    }

    NumberMatrix plus(NumberMatrix other) {
        return filled(size(), (i, j) -> plus(at(i, j), other.at(i, j)));
    }

    NumberMatrix times(Value factor) {
        return filled(size(), (i, j) -> times(at(i, j), factor));
    }

    NumberMatrix times(NumberMatrix other) {
        return filled(size(), (i, j) -> {
            Value total = Value.number(0);
            for (int k = 0; k < size(); k++) {
                total = plus(total, times(at(i, k), other.at(k, j)));
            }
            return total;
        });
    }

    NumberMatrix transposed() {
        return filled(size(), (i, j) -> at(j, i));
    }

    /** By cofactors, since systems are small. */
    NumberMatrix inverse() {
        if (size() == 1) {
            return filled(1, (i, j) -> over(Value.number(1), at(0, 0)));
        }
        Value determinant = determinant();
        return filled(size(), (i, j) -> over(cofactor(j, i), determinant));
    }

    private Value determinant() {
        Value total = Value.number(0);
        for (int j = 0; j < size(); j++) {
            total = plus(total, size() == 1 ? at(0, 0) : times(at(0, j), cofactor(0, j)));
        }
        return total;
    }

    private Value cofactor(int row, int column) {
        Value minor = filled(size() - 1, (i, j) -> at(i < row ? i : i + 1, j < column ? j : j + 1))
                .determinant();
        return (row + column) % 2 == 0 ? minor : minus(Value.number(0), minor);
    }

    /**
     * Returns the principal root of a product of two covariances, whose eigenvalues are positive. Uses the
     * Cayley–Hamilton theorem for two states, the iteration of Denman and Beavers (1976) for more.
     */
    NumberMatrix root() {
        return switch (size()) {
            case 1 -> filled(1, (i, j) -> unary(UnaryOperation.SQRT, at(0, 0)));
            case 2 -> rootOfTwo();
            default -> iteratedRoot();
        };
    }

    private NumberMatrix rootOfTwo() {
        Value s = unary(UnaryOperation.SQRT, atLeast(determinant(), Value.number(0)));
        Value trace = plus(plus(at(0, 0), at(1, 1)), times(Value.number(2), s));
        Value below = unary(UnaryOperation.SQRT, atLeast(trace, TINY));
        return filled(2, (i, j) -> over(i == j ? plus(at(i, j), s) : at(i, j), below));
    }

    private NumberMatrix iteratedRoot() {
        Value half = Value.number(0.5);
        NumberMatrix root = this;
        NumberMatrix inverseRoot = identity();
        for (int step = 0; step < ROOT_STEPS; step++) {
            NumberMatrix next = root.plus(inverseRoot.inverse()).times(half);
            inverseRoot = inverseRoot.plus(root.inverse()).times(half);
            root = next;
        }
        return root;
    }

    /** Returns L with L Lᵀ equal to this covariance; a pivot that rounding made non-positive becomes 0. */
    NumberMatrix cholesky() {
        Value[][] l = new Value[size()][size()];
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j < size(); j++) {
                Value rest = at(i, j);
                for (int k = 0; k < Math.min(i, j); k++) {
                    rest = minus(rest, times(l[i][k], l[j][k]));
                }
                if (j > i) {
                    l[i][j] = Value.number(0);
                } else if (i == j) {
                    l[i][j] = unary(UnaryOperation.SQRT, atLeast(rest, Value.number(0)));
                } else {
                    l[i][j] = over(rest, atLeast(l[j][j], TINY));
                }
            }
        }
        return filled(size(), (i, j) -> l[i][j]);
    }

    private Value plus(Value a, Value b) {
        return isZero(a) ? b : isZero(b) ? a : tensors.binary(BinaryOperation.ADD, a, b, span);
    }

    private Value minus(Value a, Value b) {
        return isZero(b) ? a : tensors.binary(BinaryOperation.SUBTRACT, a, b, span);
    }

    private Value times(Value a, Value b) {
        return isZero(a) || isZero(b) ? Value.number(0) : tensors.binary(BinaryOperation.MULTIPLY, a, b, span);
    }

    private Value over(Value a, Value b) {
        return tensors.binary(BinaryOperation.DIVIDE, a, b, span);
    }

    private Value atLeast(Value a, Value bound) {
        return tensors.binary(BinaryOperation.MAXIMUM, a, bound, span);
    }

    private Value unary(UnaryOperation function, Value a) {
        return tensors.unary(function, a, span);
    }

    private static boolean isZero(Value value) {
        return value instanceof Value.Num(double number) && number == 0;
    }
}
