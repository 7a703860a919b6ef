package org.sdescript.algebra;

import java.util.List;
import java.util.Optional;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Symbol;

/**
 * Integration by parts where it terminates: ∫ p k = p K − ∫ p′ K for a polynomial p, and ∫ p l = P l − ∫ P l′ for a
 * logarithm l.
 */
final class IntegrationByParts {
    /** Finds an antiderivative of the remaining integrand, or none. */
    @FunctionalInterface
    interface Search {
        Optional<Expr> of(Expr integrand);
    }

    private final Symbol t;
    private final Search search;

    IntegrationByParts(Symbol t, Search search) {
        this.t = t;
        this.search = search;
    }

    Optional<Expr> of(Expr polynomial, Expr kernel) {
        if (kernel instanceof Apply a && a.function() == Elementary.EXP) {
            Optional<Polynomial> quadratic = Polynomial.of(a.argument(), t).filter(p -> p.degree() == 2);
            if (quadratic.isPresent()) {
                return gaussian(polynomial, a, quadratic.get());
            }
        }
        return isRepeating(kernel) ? falling(polynomial, kernel) : vanishing(polynomial, kernel);
    }

    /** Integrates p k: the degree of p falls by one at each step, and K is of the same kind as k. */
    private Optional<Expr> falling(Expr polynomial, Expr kernel) {
        if (polynomial.isFreeOf(t)) {
            return Optional.empty();
        }
        return search.of(kernel).flatMap(integral -> {
            Expr left = Derivative.of(polynomial, t).times(integral);
            return search.of(Expansion.of(left))
                    .map(rest -> polynomial.times(integral).minus(rest));
        });
    }

    /** Integrates p l for a logarithm, arctangent or error function l, whose derivative is none of these. */
    private Optional<Expr> vanishing(Expr polynomial, Expr kernel) {
        Expr base = kernel instanceof Power(Apply a, Num n)
                        && n.value().isSmallInteger()
                        && n.value().signum() > 0
                ? a
                : kernel;
        if (!(base instanceof Apply a)
                || !isVanishing(a.function())
                || Polynomial.of(polynomial, t).isEmpty()) {
            return Optional.empty();
        }
        return search.of(polynomial).flatMap(integral -> {
            Expr left = Expansion.of(integral.times(Derivative.of(kernel, t)));
            return search.of(left).map(rest -> integral.times(kernel).minus(rest));
        });
    }

    /** Integrates p e^q with t e^q = ((e^q)′ − b e^q)/2a for q = at² + bt + c, so that the degree of p falls by two. */
    private Optional<Expr> gaussian(Expr polynomial, Apply exponential, Polynomial q) {
        Optional<Polynomial> p = Polynomial.of(polynomial, t).filter(its -> its.degree() > 0);
        if (p.isEmpty()) {
            return Optional.empty();
        }
        Expr a2 = q.coefficient(2).times(Expr.of(2));
        int n = p.get().degree();
        Expr top = p.get().coefficient(n).over(a2).times(t.pow(n - 1));
        Expr rest = p.get()
                .toExpr()
                .minus(top.times(a2.times(t).plus(q.coefficient(1))))
                .minus(Derivative.of(top, t));
        Expr left = Expansion.of(rest).times(exponential);
        return search.of(left).map(integral -> integral.plus(top.times(exponential)));
    }

    /**
     * Returns ∫ exp(at + b) sin(ct + d) = exp(at + b) (a sin(ct + d) − c cos(ct + d))/(a² + c²), where parts lead back
     * to the same integral; likewise for cos.
     */
    static Optional<Expr> cyclic(Expr kernel, Symbol t) {
        List<Expr> factors = Term.factorsOf(kernel);
        Optional<Apply> exponential = only(factors, true);
        Optional<Apply> wave = only(factors, false);
        if (factors.size() != 2 || exponential.isEmpty() || wave.isEmpty()) {
            return Optional.empty();
        }
        Expr a = Derivative.of(exponential.get().argument(), t);
        Expr c = Derivative.of(wave.get().argument(), t);
        if (!a.isFreeOf(t) || !c.isFreeOf(t)) {
            return Optional.empty();
        }
        Expr turned = a.times(wave.get()).minus(Derivative.of(wave.get(), t));
        return Optional.of(
                Expr.product(exponential.get(), turned, a.pow(2).plus(c.pow(2)).pow(-1)));
    }

    private static Optional<Apply> only(List<Expr> factors, boolean exponential) {
        for (Expr factor : factors) {
            if (factor instanceof Apply a
                    && isRepeating(a.function())
                    && exponential == (a.function() == Elementary.EXP)) {
                return Optional.of(a);
            }
        }
        return Optional.empty();
    }

    /** True for a product of exponentials, hyperbolic functions, sines and cosines of linear arguments. */
    private boolean isRepeating(Expr kernel) {
        return Term.factorsOf(kernel).stream()
                .allMatch(factor -> factor instanceof Apply a
                        && (isRepeating(a.function()) || isHyperbolic(a.function()))
                        && Polynomial.line(a.argument(), t).isPresent());
    }

    private static boolean isRepeating(Elementary function) {
        return function == Elementary.EXP || function == Elementary.SIN || function == Elementary.COS;
    }

    private static boolean isHyperbolic(Elementary function) {
        return function == Elementary.SINH || function == Elementary.COSH;
    }

    private static boolean isVanishing(Elementary function) {
        return function == Elementary.LOG || function == Elementary.ATAN || function == Elementary.ERF;
    }
}
