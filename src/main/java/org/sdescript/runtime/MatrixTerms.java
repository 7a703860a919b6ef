package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Simplification;

/**
 * A formula with matrices as what each matrix is applied to: rest + Σ (A once + A A twice).
 *
 * @param rest the part without matrices
 */
public record MatrixTerms(Expr rest, List<Term> terms) {
    /**
     * The terms of one matrix.
     *
     * @param once what it is applied to
     * @param twice what its square is applied to, zero in equations as they are written
     */
    public record Term(Expr.Parameter matrix, Expr once, Expr twice) {}

    public static MatrixTerms of(Expr e) {
        List<Expr.Parameter> matrices = List.copyOf(MatrixParameter.in(e));
        List<Expr.Symbol> symbols = new ArrayList<>();
        Expr named = e;
        for (Expr.Parameter matrix : matrices) {
            Expr.Symbol symbol = Expr.symbol(matrix.name() + " matrix " + symbols.size());
            symbols.add(symbol);
            named = named.replace(matrix, symbol);
        }
        List<Term> terms = new ArrayList<>();
        for (int k = 0; k < matrices.size(); k++) {
            Expr slope = Derivative.of(named, symbols.get(k));
            Expr bend = Derivative.of(slope, symbols.get(k));
            terms.add(new Term(
                    matrices.get(k),
                    without(slope, symbols),
                    without(bend, symbols).times(Expr.HALF)));
        }
        return new MatrixTerms(without(named, symbols), terms);
    }

    private static Expr without(Expr e, List<Expr.Symbol> matrices) {
        Expr rest = e;
        for (Expr.Symbol symbol : matrices) {
            rest = rest.with(symbol, Expr.ZERO);
        }
        return Simplification.of(rest);
    }

    /** True if the formula has no other product of matrices. */
    public boolean is(Expr e) {
        Expr again = rest;
        for (Term term : terms) {
            again = again.plus(term.matrix().times(term.once()))
                    .plus(term.matrix().pow(2).times(term.twice()));
        }
        return Simplification.of(again.minus(e).expandCalls()).isZero();
    }
}
