package org.sdescript.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expansion;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Integral;
import org.sdescript.algebra.Sign;
import org.sdescript.algebra.Simplification;

/** exp(A τ) of a constant matrix, in closed form. */
final class MatrixExponential {
    private MatrixExponential() {}

    /**
     * The largest block with a closed form. An entry of the covariance of n linked states is a sum of products of n
     * exponentials by n, n⁴ terms in all: 1296 for six states (half a second), days for thirty.
     */
    static final int MOST_STATES = 6;

    /**
     * Returns exp(A τ) for matrices of two rows, matrices that are triangular in some order of the states, matrices
     * with one eigenvalue of full multiplicity, and independent blocks of these. Empty for others, and for a block of
     * more than {@link #MOST_STATES}.
     */
    static Optional<Matrix> of(Matrix a, Symbol tau) {
        List<List<Integer>> blocks = blocks(a);
        return blocks.size() == 1 ? ofBlock(a, tau) : ofBlocks(a, blocks, tau);
    }

    private static Optional<Matrix> ofBlock(Matrix a, Symbol tau) {
        return switch (a.height()) {
            case 1 -> Optional.of(Matrix.scalar(Expr.exp(a.at(0, 0).times(tau))));
            case 2 -> hasOneKindOfEigenvalues(a) ? Optional.of(ofTwo(a, tau)) : Optional.empty();
            default ->
                a.height() > MOST_STATES
                        ? Optional.empty()
                        : isTriangularInSomeOrder(a) ? putzer(a, tau) : ofOneEigenvalue(a, tau);
        };
    }

    private static Optional<Matrix> ofBlocks(Matrix a, List<List<Integer>> blocks, Symbol tau) {
        Expr[][] whole = new Expr[a.height()][a.height()];
        for (Expr[] row : whole) {
            java.util.Arrays.fill(row, Expr.ZERO);
        }
        for (List<Integer> block : blocks) {
            Matrix part = Matrix.of(block.size(), block.size(), (i, j) -> a.at(block.get(i), block.get(j)));
            Optional<Matrix> found = ofBlock(part, tau);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            for (int i = 0; i < block.size(); i++) {
                for (int j = 0; j < block.size(); j++) {
                    whole[block.get(i)][block.get(j)] = found.get().at(i, j);
                }
            }
        }
        return Optional.of(Matrix.of(a.height(), a.height(), (i, j) -> whole[i][j]));
    }

    /**
     * Returns the blocks of states that drive each other directly or indirectly; all entries outside the blocks are 0.
     */
    static List<List<Integer>> blocks(Matrix a) {
        List<List<Integer>> blocks = new ArrayList<>();
        for (int i = 0; i < a.height(); i++) {
            int state = i;
            List<List<Integer>> linked = blocks.stream()
                    .filter(block -> block.stream()
                            .anyMatch(j ->
                                    !a.at(state, j).isZero() || !a.at(j, state).isZero()))
                    .toList();
            List<Integer> joined = new ArrayList<>(List.of(i));
            linked.forEach(joined::addAll);
            blocks.removeAll(linked);
            joined.sort(null);
            blocks.add(joined);
        }
        return blocks;
    }

    /**
     * With B = A − μ, μ = tr A/n and Bⁿ = 0: exp(Aτ) = exp(μτ) Σ Bᵏτᵏ/k!, as for critically damped dynamics of third
     * order.
     */
    private static Optional<Matrix> ofOneEigenvalue(Matrix a, Symbol tau) {
        int n = a.height();
        Matrix b = a.minus(Matrix.identity(n).times(meanEigenvalue(a))).map(MatrixExponential::simple);
        Matrix power = Matrix.identity(n);
        Matrix total = power;
        Expr factor = Expr.ONE;
        for (int k = 1; k < n; k++) {
            power = power.times(b).map(MatrixExponential::simple);
            factor = factor.times(tau).over(Expr.of(k));
            total = total.plus(power.times(factor));
        }
        if (!power.times(b).map(MatrixExponential::simple).all(Expr::isZero)) {
            return Optional.empty();
        }
        Expr scale = Expr.exp(meanEigenvalue(a).times(tau));
        return Optional.of(total.map(e -> Simplification.of(e.times(scale))));
    }

    private static Expr simple(Expr e) {
        return Simplification.of(Expansion.of(e));
    }

    static Expr meanEigenvalue(Matrix a) {
        List<Expr> diagonal =
                IntStream.range(0, a.height()).mapToObj(i -> a.at(i, i)).toList();
        return Simplification.of(Expr.sum(diagonal).over(Expr.of(a.height())));
    }

    /**
     * Cayley-Hamilton: with μ half the trace and B = A − μ, B² = Δ, so exp(Aτ) = exp(μτ)(cosh(√Δ τ) + B sinh(√Δ τ)/√Δ).
     */
    private static Matrix ofTwo(Matrix a, Symbol tau) {
        Expr mu = halfTrace(a);
        Expr delta = discriminant(a);
        Expr even;
        Expr odd;
        if (delta.isZero()) {
            even = Expr.exp(mu.times(tau));
            odd = tau.times(even);
        } else if (isPositive(delta)) {
            Expr root = Simplification.sqrt(delta, Assumptions.NONE);
            Expr up = Expr.exp(mu.plus(root).times(tau));
            Expr down = Expr.exp(mu.minus(root).times(tau));
            even = Expr.HALF.times(up.plus(down));
            odd = Expr.HALF.times(up.minus(down)).over(root);
        } else {
            Expr root = Simplification.sqrt(delta.negate(), Assumptions.NONE);
            Expr scale = Expr.exp(mu.times(tau));
            even = scale.times(Expr.apply(Elementary.COS, root.times(tau)));
            odd = scale.times(Expr.apply(Elementary.SIN, root.times(tau))).over(root);
        }
        Matrix b = a.minus(Matrix.identity(2).times(mu));
        return Matrix.identity(2).times(even).plus(b.times(odd)).map(Simplification::of);
    }

    /** True for real eigenvalues, of parameters of several numbers only if proved for all of them. */
    static boolean isPositive(Expr delta) {
        return delta.hasSeveral() ? Sign.isPositive(delta, Assumptions.NONE) : Evaluation.of(delta) > 0;
    }

    /** False if eigenvalues may be real for some numbers of a parameter and complex for others. */
    private static boolean hasOneKindOfEigenvalues(Matrix a) {
        Expr delta = discriminant(a);
        return !delta.hasSeveral() || isPositive(delta) || isPositive(delta.negate());
    }

    /** Returns μ = ½ tr A of a matrix of two rows, the midpoint of its eigenvalues μ ± √Δ. */
    static Expr halfTrace(Matrix a) {
        return Simplification.of(a.at(0, 0).plus(a.at(1, 1)).times(Expr.HALF));
    }

    /**
     * Returns Δ of a matrix of two rows: 0 for a double eigenvalue, positive for two real ones, negative for a complex
     * pair.
     */
    static Expr discriminant(Matrix a) {
        Expr difference = a.at(0, 0).minus(a.at(1, 1)).times(Expr.HALF);
        return Simplification.of(difference.pow(2).plus(a.at(0, 1).times(a.at(1, 0))));
    }

    /**
     * exp(Aτ) = Σ rₖ(τ) Pₖ with P₁ = 1, Pₖ₊₁ = (A − λₖ) Pₖ and r′ₖ = λₖ rₖ + rₖ₋₁ (Putzer 1966); the eigenvalues of a
     * triangular matrix are its diagonal.
     */
    private static Optional<Matrix> putzer(Matrix a, Symbol tau) {
        int n = a.height();
        Matrix product = Matrix.identity(n);
        Expr r = Expr.exp(a.at(0, 0).times(tau));
        Matrix total = product.times(r);
        for (int k = 1; k < n; k++) {
            product = a.minus(Matrix.identity(n).times(a.at(k - 1, k - 1)))
                    .times(product)
                    .map(Simplification::of);
            Expr growth = Expr.exp(a.at(k, k).times(tau));
            Optional<Expr> next = Integral.between(r.over(growth), tau, Expr.ZERO, tau);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            r = growth.times(next.get());
            total = total.plus(product.times(r));
        }
        return Optional.of(total.map(Simplification::of));
    }

    /** True if no state drives itself through other states. */
    static boolean isTriangularInSomeOrder(Matrix a) {
        List<Integer> left =
                new ArrayList<>(IntStream.range(0, a.height()).boxed().toList());
        boolean found = true;
        while (found && !left.isEmpty()) {
            List<Integer> others = List.copyOf(left);
            found = left.removeIf(
                    i -> others.stream().allMatch(j -> i.equals(j) || a.at(i, j).isZero()));
        }
        return left.isEmpty();
    }
}
