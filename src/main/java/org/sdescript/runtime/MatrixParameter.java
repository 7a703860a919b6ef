package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.MatrixNumbers;
import org.sdescript.algebra.Simplification;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Shape;
import org.sdescript.process.Affinity;
import org.sdescript.source.Span;

/**
 * The holder of a constant matrix in the equations of a process, the left side of {@code A@x}. Formulas multiply such a
 * parameter as if it were a number, which is right for matrices that commute.
 *
 * @param entries the matrix, [d, d]
 */
public record MatrixParameter(TensorParameter entries) implements MatrixNumbers {

    @Override
    public double[] numbers() {
        return entries.numbers();
    }

    public long size() {
        return entries.shape().size(0);
    }

    /** Returns the matrices that an expression names. */
    public static Set<Expr.Parameter> in(Expr e) {
        Set<Expr.Parameter> found = new LinkedHashSet<>(e.parameters());
        found.removeIf(parameter -> !(parameter.owner() instanceof MatrixParameter));
        return found;
    }

    /** Returns the product of formulas {@code left@right}: of a matrix and a vector, or of two matrices. */
    static Value product(Value left, Value right, Span span) {
        Expr matrix = matrix(Formulas.expression(left, span), span);
        Expr factor = Formulas.expression(right, span);
        return new Value.FormulaValue(matrix.times(isOfMatrices(factor) ? matrix(factor, span) : factor));
    }

    /** True for a sum of matrices; beside x, a square tensor is one row for each of as many samples as components. */
    private static boolean isOfMatrices(Expr factor) {
        Expr rest = factor;
        for (Expr.Parameter parameter : factor.parameters()) {
            if (isSquareTensor(parameter)) {
                rest = rest.replace(parameter, Expr.ZERO);
            }
        }
        return rest != factor && Simplification.of(rest).isZero();
    }

    private static boolean isSquareTensor(Expr.Parameter parameter) {
        return parameter.owner() instanceof TensorParameter held
                && held.shape().rank() == 2
                && held.shape().size(0) == held.shape().size(1)
                && held.shape().size(0) > 1;
    }

    /**
     * Returns an expression in which tensors of two axes are matrices: A, β(t) A, A + 2 B. Throws if it is no sum of
     * matrices with factors of time.
     */
    public static Expr matrix(Expr e, Span span) {
        Expr whole = e.expandCalls().parameters().stream().anyMatch(MatrixParameter::isOfSeveral)
                        && e.parameters().stream().noneMatch(MatrixParameter::isOfSeveral)
                ? e.expandCalls()
                : e;
        List<Expr.Symbol> symbols = new ArrayList<>();
        Expr named = whole;
        Expr matrix = whole;
        for (Expr.Parameter parameter : whole.parameters()) {
            if (parameter.owner() instanceof TensorParameter held
                    && held.shape().rank() > 0) {
                requireSquare(parameter.name(), held.shape(), span);
                matrix = matrix.replace(
                        parameter,
                        new Expr.Parameter(
                                parameter.name(),
                                Double.NEGATIVE_INFINITY,
                                Double.POSITIVE_INFINITY,
                                new MatrixParameter(held)));
            } else if (!(parameter.owner() instanceof MatrixParameter)) {
                continue;
            }
            Expr.Symbol symbol = Expr.symbol(parameter.name() + " matrix " + symbols.size());
            symbols.add(symbol);
            named = named.replace(parameter, symbol);
        }
        if (symbols.isEmpty()) {
            throw Diagnostic.error("E0687", span, "the left side of `@` is no matrix")
                    .help(
                            "a matrix is a tensor of as many rows as x has components, with a name: `A = tensor([[2, 1], [1,"
                                    + " 2]])`; numbers are multiplied with `*`")
                    .raise();
        }
        requireSum(named, symbols, span);
        return matrix;
    }

    private static boolean isOfSeveral(Expr.Parameter parameter) {
        return parameter.owner() instanceof MatrixParameter
                || parameter.owner() instanceof TensorParameter held
                        && held.shape().rank() > 0;
    }

    private static void requireSquare(String name, Shape shape, Span span) {
        if (shape.rank() != 2 || shape.size(0) != shape.size(1)) {
            throw Diagnostic.error(
                            "E0687",
                            span,
                            "`" + name + "` has shape " + shape + ", but a matrix over the components of x is square")
                    .help("a matrix has as many rows and columns as x has components; `*` multiplies elementwise")
                    .raise();
        }
    }

    /** Throws unless the matrices enter as a sum with factors that are numbers or depend on time. */
    private static void requireSum(Expr named, List<Expr.Symbol> matrices, Span span) {
        Expr rest = named;
        for (Expr.Symbol symbol : matrices) {
            rest = rest.with(symbol, Expr.ZERO);
        }
        if (!Affinity.isAffine(named, matrices) || !Simplification.of(rest).isZero()) {
            throw Diagnostic.error(
                            "E0688", span, "the left side of `@` is not a constant matrix times a factor of time")
                    .help(
                            "write numbers and schedules as factors, `beta(t)*A@x`, sums as `(A + 2*B)@x`, and compute other"
                                    + " matrices before: `C = A@B` in a line of its own; the identity is a matrix too,"
                                    + " and `+ 1` is not the identity")
                    .raise();
        }
    }
}
