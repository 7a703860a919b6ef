package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Symbol;

/**
 * Antiderivatives by rules: polynomials, the table of elementary functions, linear and chain substitution u′·h(u), and
 * by parts for a polynomial times exp, sin or cos. Whatever the rules say is differentiated again before it is returned.
 */
public final class Integral {
    private static final int DEEPEST = 3;
    private static final String[] SUBSTITUTES = {"u", "v", "w", "z"};

    private Integral() {}

    /** An antiderivative, verified; empty where the rules find none. */
    public static Optional<Expr> of(Expr integrand, Symbol by) {
        Expr plain = integrand.expandCalls();
        return search(plain, by, 0).filter(found -> Equality.probably(Derivative.of(found, by), plain));
    }

    /** The integral between two limits; empty where none is found or the antiderivative has no value at a limit. */
    public static Optional<Expr> between(Expr integrand, Symbol by, Expr from, Expr to) {
        return of(integrand, by).flatMap(found -> at(found, by, to)
                .flatMap(upper -> at(found, by, from).map(lower -> Expansion.of(upper.minus(lower)))));
    }

    private static Optional<Expr> at(Expr e, Symbol symbol, Expr value) {
        try {
            return Optional.of(e.with(symbol, value));
        } catch (ArithmeticException undefined) {
            return Optional.empty();
        }
    }

    private static Optional<Expr> search(Expr e, Symbol t, int depth) {
        if (e.isFreeOf(t)) {
            return Optional.of(e.times(t));
        }
        Optional<Expr> termwise = byKernels(Expansion.of(e), t, depth);
        return termwise.isPresent() || depth > 0 ? termwise : Substitutions.chain(e, t, depth);
    }

    /** Σ (polynomial · kernel), each by itself: t exp(t²) and exp(t²) may share a substitution that neither has alone. */
    private static Optional<Expr> byKernels(Expr e, Symbol t, int depth) {
        Map<Expr, Expr> polynomials = new LinkedHashMap<>();
        for (Expr term : Term.termsOf(e)) {
            Expr polynomial = polynomialPart(term, t);
            polynomials.merge(term.over(polynomial), polynomial, Expr::plus);
        }
        List<Expr> total = new ArrayList<>();
        for (Map.Entry<Expr, Expr> entry : polynomials.entrySet()) {
            Optional<Expr> part = product(entry.getValue(), entry.getKey(), t, depth);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            total.add(part.get());
        }
        return Optional.of(Expr.sum(total));
    }

    /** The factors that are free of t or whole powers of it. */
    private static Expr polynomialPart(Expr term, Symbol t) {
        List<Expr> factors = new ArrayList<>();
        for (Expr factor : Term.factorsOf(term)) {
            if (factor.isFreeOf(t) || Polynomial.degree(factor, t) > 0) {
                factors.add(factor);
            }
        }
        return Expr.product(factors);
    }

    private static Optional<Expr> product(Expr polynomial, Expr kernel, Symbol t, int depth) {
        if (kernel.isOne()) {
            return Polynomial.of(polynomial, t).map(Integral::ofPolynomial);
        }
        if (polynomial.isFreeOf(t)) {
            Optional<Expr> known = Table.of(kernel, t).or(() -> ByParts.cyclic(kernel, t));
            if (known.isPresent()) {
                return known.map(polynomial::times);
            }
        }
        if (depth >= DEEPEST) {
            return Optional.empty();
        }
        Expr whole = polynomial.times(kernel);
        return ByParts.of(polynomial, kernel, t)
                .or(() -> Substitutions.chain(whole, t, depth))
                .or(() -> Substitutions.linear(whole, t, depth))
                .or(() -> Table.reducedSquares(whole, t).flatMap(reduced -> search(reduced, t, depth + 1)));
    }

    private static Expr ofPolynomial(Polynomial p) {
        List<Expr> terms = new ArrayList<>();
        p.coefficients().forEach((n, c) -> terms.add(Expr.product(c, p.symbol().pow(n + 1), Expr.ratio(1, n + 1))));
        return Expr.sum(terms);
    }

    /** The substitutions u = u(t) after which the integrand depends on u alone. */
    private static final class Substitutions {
        static Optional<Expr> chain(Expr e, Symbol t, int depth) {
            Symbol u = Expr.symbol("∫" + SUBSTITUTES[Math.min(depth, SUBSTITUTES.length - 1)]);
            for (Expr candidate : candidates(e, t)) {
                Expr rest = e.over(Derivative.of(candidate, t)).replace(candidate, u);
                if (rest.isFreeOf(t)) {
                    Optional<Expr> found = search(rest, u, depth + 1);
                    if (found.isPresent()) {
                        return found.map(inner -> inner.with(u, candidate));
                    }
                }
            }
            return Optional.empty();
        }

        /** u = a t + b, with t = (u − b)/a wherever else it stands. */
        static Optional<Expr> linear(Expr e, Symbol t, int depth) {
            Symbol u = Expr.symbol("∫" + SUBSTITUTES[Math.min(depth, SUBSTITUTES.length - 1)]);
            for (Expr candidate : candidates(e, t)) {
                Optional<Polynomial> line = Polynomial.of(candidate, t).filter(p -> p.degree() == 1);
                if (line.isPresent()) {
                    Expr slope = line.get().coefficient(1);
                    Expr inverse = u.minus(line.get().coefficient(0)).over(slope);
                    Expr inside = e.replace(candidate, u).with(t, inverse).over(slope);
                    Optional<Expr> found = search(inside, u, depth + 1);
                    if (found.isPresent()) {
                        return found.map(inner -> inner.with(u, candidate));
                    }
                }
            }
            return Optional.empty();
        }

        private static Set<Expr> candidates(Expr e, Symbol t) {
            Set<Expr> found = new LinkedHashSet<>();
            collect(e, t, found);
            return found;
        }

        private static void collect(Expr e, Symbol t, Set<Expr> into) {
            for (Expr child : e.children()) {
                if (!child.isFreeOf(t) && !child.equals(t)) {
                    if (e instanceof Apply || e instanceof Power) {
                        into.add(child);
                    }
                    if (child instanceof Apply) {
                        into.add(child);
                    }
                    collect(child, t, into);
                }
            }
        }
    }
}
