package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Sum;

/**
 * Rewrites quotients of exponentials that would overflow to ∞/∞ in doubles: exp(u)/(1 + exp(u)) → 1/(exp(−u) + 1),
 * (exp(u) − exp(−u))/(exp(u) + exp(−u)) → tanh(u).
 */
final class BoundedQuotients {
    private static final int LARGEST_POWER = 12;

    private BoundedQuotients() {}

    /** The sum A exp(a) + B exp(b) with numbers A and B. */
    private record Pair(Rational first, Expr a, Rational second, Expr b) {
        static Optional<Pair> of(Expr e) {
            if (!(e instanceof Sum sum) || sum.terms().size() != 2) {
                return Optional.empty();
            }
            Term first = Term.of(sum.terms().get(0));
            Term second = Term.of(sum.terms().get(1));
            return exponent(first.rest()).flatMap(a -> exponent(second.rest())
                    .map(b -> new Pair(first.coefficient(), a, second.coefficient(), b)));
        }

        private static Optional<Expr> exponent(Expr rest) {
            if (rest.isOne()) {
                return Optional.of(Expr.ZERO);
            }
            return rest instanceof Apply a && a.function() == Elementary.EXP
                    ? Optional.of(a.argument())
                    : Optional.empty();
        }

        boolean isDifference() {
            return first.equals(second.negate());
        }

        boolean isSum() {
            return first.equals(second);
        }
    }

    /** Returns factors of the same product, each in canonical form; empty if there is nothing to rewrite. */
    static Optional<List<Expr>> of(List<Expr> factors) {
        for (Expr below : factors) {
            if (below instanceof Power(Sum base, Num n)
                    && n.value().isSmallInteger()
                    && n.value().signum() < 0
                    && -n.value().intValue() <= LARGEST_POWER) {
                Optional<Pair> pair = Pair.of(base);
                if (pair.isPresent()) {
                    List<Expr> others = new ArrayList<>(factors);
                    others.remove(below);
                    Optional<List<Expr>> found = tangent(
                                    pair.get(), base, -n.value().intValue(), others)
                            .or(() -> shifted(pair.get(), base, -n.value().intValue(), others));
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<List<Expr>> tangent(Pair below, Sum base, int n, List<Expr> others) {
        for (Expr factor : others) {
            Optional<Pair> above = Pair.of(factor);
            if (above.isPresent()
                    && above.get().a().equals(below.a())
                    && above.get().b().equals(below.b())
                    && (above.get().isDifference() && below.isSum()
                            || above.get().isSum() && below.isDifference())) {
                Expr half = below.a().minus(below.b()).times(Expr.HALF);
                Expr tangent = Expr.apply(Elementary.TANH, half).pow(below.isSum() ? 1 : -1);
                List<Expr> result = new ArrayList<>(others);
                result.remove(factor);
                result.add(Expr.of(above.get().first().over(below.first())));
                result.add(tangent);
                if (n > 1) {
                    result.add(base.pow(1L - n));
                }
                return Optional.of(result);
            }
        }
        return Optional.empty();
    }

    /**
     * Rewrites exp(w)/(A exp(a) + B exp(b))ⁿ where w is j times one of the exponents, up to a rest that is constant or
     * a positive multiple of that exponent: j of the n sums are divided by that exponential.
     */
    private static Optional<List<Expr>> shifted(Pair below, Sum base, int n, List<Expr> others) {
        for (Expr factor : others) {
            if (!(factor instanceof Apply exponential) || exponential.function() != Elementary.EXP) {
                continue;
            }
            Expr w = exponential.argument();
            for (Expr u : List.of(below.a(), below.b())) {
                for (int j = n; j > 0 && !u.isZero(); j--) {
                    Expr left = Expansion.of(w.minus(u.times(Expr.of(j))));
                    if (left.isConstant()
                            || left.over(u) instanceof Num more && more.value().signum() > 0) {
                        List<Expr> result = new ArrayList<>(others);
                        result.remove(factor);
                        result.add(Expr.exp(left));
                        result.add(divided(below, u).pow(-j));
                        result.add(base.pow(j - n));
                        return Optional.of(result);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Expr divided(Pair sum, Expr by) {
        return Expr.of(sum.first())
                .times(Expr.exp(sum.a().minus(by)))
                .plus(Expr.of(sum.second()).times(Expr.exp(sum.b().minus(by))));
    }
}
