package org.sdescript.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Integral;
import org.sdescript.algebra.Simplification;

/** exp(A τ) of a constant matrix, in closed form. */
final class MatrixExponential {
    private MatrixExponential() {}

    /** Of matrices of two rows, and of those that are triangular in some order of the states. */
    static Optional<Matrix> of(Matrix a, Symbol tau) {
        return switch (a.height()) {
            case 1 -> Optional.of(Matrix.scalar(Expr.exp(a.at(0, 0).times(tau))));
            case 2 -> Optional.of(ofTwo(a, tau));
            default -> isTriangularInSomeOrder(a) ? putzer(a, tau) : Optional.empty();
        };
    }

    /** By Cayley and Hamilton: with μ half the trace and B = A − μ, B² = Δ, so exp(Aτ) = exp(μτ)(cosh(√Δ τ) + B sinh(√Δ τ)/√Δ). */
    private static Matrix ofTwo(Matrix a, Symbol tau) {
        Expr mu = halfTrace(a);
        Expr delta = discriminant(a);
        Expr even;
        Expr odd;
        if (delta.isZero()) {
            even = Expr.exp(mu.times(tau));
            odd = tau.times(even);
        } else if (Evaluation.of(delta) > 0) {
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

    /** μ = ½ tr A of two rows, the middle of its eigenvalues μ ± √Δ. */
    static Expr halfTrace(Matrix a) {
        return Simplification.of(a.at(0, 0).plus(a.at(1, 1)).times(Expr.HALF));
    }

    /** Δ of two rows: 0 for a double eigenvalue, positive for two real ones, negative for a complex pair. */
    static Expr discriminant(Matrix a) {
        Expr difference = a.at(0, 0).minus(a.at(1, 1)).times(Expr.HALF);
        return Simplification.of(difference.pow(2).plus(a.at(0, 1).times(a.at(1, 0))));
    }

    /**
     * exp(Aτ) = Σ rₖ(τ) Pₖ with P₁ = 1, Pₖ₊₁ = (A − λₖ) Pₖ and r′ₖ = λₖ rₖ + rₖ₋₁ (Putzer 1966); the eigenvalues of a triangular
     * matrix stand on its diagonal.
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

    /** Whether no state drives itself by way of others. */
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
