package org.sdescript.process;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.sdescript.algebra.Expr;

/** A matrix of expressions, by rows. */
public record Matrix(List<List<Expr>> rows) {

    /** An entry as a function of row and column. */
    @FunctionalInterface
    public interface Entry {
        Expr at(int row, int column);
    }

    public Matrix {
        rows = rows.stream().map(List::copyOf).toList();
    }

    public static Matrix of(int height, int width, Entry entry) {
        List<List<Expr>> rows = new ArrayList<>();
        for (int i = 0; i < height; i++) {
            int row = i;
            rows.add(IntStream.range(0, width)
                    .mapToObj(column -> entry.at(row, column))
                    .toList());
        }
        return new Matrix(rows);
    }

    /** Builds a symmetric matrix from the entries on and above the diagonal. */
    static Matrix symmetric(int size, Entry entry) {
        Matrix upper = of(size, size, (i, j) -> i <= j ? entry.at(i, j) : Expr.ZERO);
        return of(size, size, (i, j) -> i <= j ? upper.at(i, j) : upper.at(j, i));
    }

    public static Matrix identity(int size) {
        return of(size, size, (i, j) -> i == j ? Expr.ONE : Expr.ZERO);
    }

    public static Matrix scalar(Expr e) {
        return new Matrix(List.of(List.of(e)));
    }

    public int height() {
        return rows.size();
    }

    public int width() {
        return rows.isEmpty() ? 0 : rows.getFirst().size();
    }

    public Expr at(int row, int column) {
        return rows.get(row).get(column);
    }

    public Matrix map(UnaryOperator<Expr> change) {
        return of(height(), width(), (i, j) -> change.apply(at(i, j)));
    }

    public Matrix plus(Matrix other) {
        return of(height(), width(), (i, j) -> at(i, j).plus(other.at(i, j)));
    }

    public Matrix minus(Matrix other) {
        return of(height(), width(), (i, j) -> at(i, j).minus(other.at(i, j)));
    }

    public Matrix times(Expr factor) {
        return map(factor::times);
    }

    public Matrix times(Matrix other) {
        return of(
                height(),
                other.width(),
                (i, j) -> Expr.sum(IntStream.range(0, width())
                        .mapToObj(k -> at(i, k).times(other.at(k, j)))
                        .toList()));
    }

    public List<Expr> times(List<Expr> vector) {
        return rows.stream()
                .map(row -> Expr.sum(IntStream.range(0, row.size())
                        .mapToObj(k -> row.get(k).times(vector.get(k)))
                        .toList()))
                .toList();
    }

    public Matrix transposed() {
        return of(width(), height(), (i, j) -> at(j, i));
    }

    /** True if every entry satisfies the condition. */
    public boolean all(java.util.function.Predicate<Expr> condition) {
        return rows.stream().flatMap(List::stream).allMatch(condition);
    }

    /**
     * Returns the lower triangular L with L Lᵀ this; a state without spread has a column of zeros.
     *
     * <p>Assumes positive pivots, as covariances have.
     */
    Matrix cholesky() {
        Expr[][] l = new Expr[height()][height()];
        for (int i = 0; i < height(); i++) {
            for (int j = 0; j < height(); j++) {
                l[i][j] = j > i ? Expr.ZERO : factor(l, i, j);
            }
        }
        return of(height(), height(), (i, j) -> l[i][j]);
    }

    private Expr factor(Expr[][] l, int i, int j) {
        Expr rest = at(i, j);
        for (int k = 0; k < j; k++) {
            rest = rest.minus(l[i][k].times(l[j][k]));
        }
        if (i == j) {
            return Expr.sqrt(rest);
        }
        return l[j][j].isZero() ? Expr.ZERO : rest.over(l[j][j]);
    }

    /** Returns the inverse of a lower triangular matrix, by substitution. */
    public Matrix lowerInverse() {
        Expr[][] inverse = new Expr[height()][height()];
        for (int i = 0; i < height(); i++) {
            for (int j = 0; j < height(); j++) {
                Expr rest = i == j ? Expr.ONE : Expr.ZERO;
                for (int k = j; k < i; k++) {
                    rest = rest.minus(at(i, k).times(inverse[k][j]));
                }
                inverse[i][j] = j > i ? Expr.ZERO : rest.over(at(i, i));
            }
        }
        return of(height(), height(), (i, j) -> inverse[i][j]);
    }

    /** Returns the determinant, expanded along the first row. */
    Expr determinant() {
        if (height() == 1) {
            return at(0, 0);
        }
        return Expr.sum(IntStream.range(0, width())
                .mapToObj(j -> at(0, j).times(cofactor(0, j)))
                .toList());
    }

    /** Returns the inverse: cofactors over the determinant. */
    public Matrix inverse() {
        Expr determinant = determinant();
        return height() == 1
                ? scalar(determinant.pow(-1))
                : of(height(), width(), (i, j) -> cofactor(j, i).over(determinant));
    }

    private Expr cofactor(int row, int column) {
        Matrix rest = of(height() - 1, width() - 1, (i, j) -> at(i < row ? i : i + 1, j < column ? j : j + 1));
        return (row + column) % 2 == 0 ? rest.determinant() : rest.determinant().negate();
    }
}
