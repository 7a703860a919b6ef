package org.sdescript.process;

import java.util.List;
import java.util.stream.IntStream;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;

/**
 * The law of x(t) where each state starts from its own normal law: N( Φ μ + m, Φ diag(s²) Φᵀ + Σ ). No cancellation:
 * the covariance is a sum of positive semidefinite terms.
 *
 * @param means μ, a symbol for each state
 * @param stds s, a symbol for each state
 * @param mean mean of x(t), formulas of time and μ
 * @param covariance covariance of x(t), formulas of time and s
 */
public record Marginal(List<Symbol> means, List<Symbol> stds, List<Expr> mean, Matrix covariance) {

    static Marginal of(Transition transition) {
        List<Symbol> means = named("μ", transition.states());
        List<Symbol> stds = named("s", transition.states());
        Moments moments = transition.computed();
        Matrix map = moments.map();
        List<Expr> moved = map.times(List.<Expr>copyOf(means));
        List<Expr> mean = IntStream.range(0, means.size())
                .mapToObj(i -> moved.get(i).plus(moments.offset().get(i)))
                .toList();
        Matrix spread =
                Matrix.of(map.height(), map.width(), (i, j) -> map.at(i, j).times(stds.get(j)));
        return new Marginal(means, stds, mean, spread.times(spread.transposed()).plus(moments.covariance()));
    }

    private static List<Symbol> named(String letter, List<Symbol> states) {
        return states.stream()
                .map(state -> Expr.symbol(letter + "(" + state.name() + ")"))
                .toList();
    }

    /** Returns L⁻¹ for L Lᵀ the covariance; it maps x(t) − mean to N(0, 1). */
    public Matrix whitening() {
        return covariance.cholesky().lowerInverse();
    }

    /** Returns the inverse of the covariance. */
    public Matrix precision() {
        Matrix whitening = whitening();
        return whitening.transposed().times(whitening);
    }
}
