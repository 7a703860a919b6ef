package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Symbol;

/**
 * A sum as a polynomial in E = exp(u): Σ cₖ Eᵏ, where u holds the part of the exponents that depends on one symbol.
 * Rewritten in D = 1 − E, a sum that vanishes at u = 0 becomes a multiple of D and is computed without cancellation: 1
 * − 2E + E² is D².
 *
 * @param coefficients cₖ by k, which may be negative
 */
record ExponentialPolynomial(Expr u, TreeMap<Integer, Expr> coefficients) {
    private static final int LARGEST_DEGREE = 12;

    /** Returns the expression in this form if its exponents are whole multiples of one u. */
    static Optional<ExponentialPolynomial> of(Expr e, Symbol symbol) {
        return of(e, term -> !term.isFreeOf(symbol));
    }

    /**
     * Like {@link #of(Expr, Symbol)} with u as the whole exponent, which may vanish though none of its terms does:
     * exp(cos(t) − 1).
     */
    static Optional<ExponentialPolynomial> ofWholeExponents(Expr e) {
        return of(e, term -> true);
    }

    private static Optional<ExponentialPolynomial> of(Expr e, Predicate<Expr> varies) {
        Map<Expr, Expr> byExponent = new LinkedHashMap<>();
        for (Expr term : Term.termsOf(Expansion.of(e))) {
            Expr varying = Expr.ZERO;
            Expr coefficient = term;
            for (Expr factor : Term.factorsOf(term)) {
                if (factor instanceof Apply a && a.function() == Elementary.EXP) {
                    varying = part(a.argument(), varies);
                    coefficient = term.times(Expr.exp(varying.negate()));
                }
            }
            byExponent.merge(varying, coefficient, Expr::plus);
        }
        return inOne(byExponent);
    }

    private static Expr part(Expr exponent, Predicate<Expr> varies) {
        List<Expr> terms = new ArrayList<>(Term.termsOf(exponent));
        terms.removeIf(varies.negate());
        return Expr.sum(terms);
    }

    private static Optional<ExponentialPolynomial> inOne(Map<Expr, Expr> byExponent) {
        Optional<Expr> some =
                byExponent.keySet().stream().filter(w -> !w.isZero()).findFirst();
        if (some.isEmpty()) {
            return Optional.empty();
        }
        Map<Expr, Rational> multiples = new LinkedHashMap<>();
        Rational unit = Rational.ZERO;
        for (Expr w : byExponent.keySet()) {
            if (!(w.over(some.get()) instanceof Num ratio)) {
                return Optional.empty();
            }
            multiples.put(w, ratio.value());
            unit = unit.gcd(ratio.value());
        }
        TreeMap<Integer, Expr> coefficients = new TreeMap<>();
        for (Map.Entry<Expr, Rational> multiple : multiples.entrySet()) {
            Rational k = multiple.getValue().over(unit);
            if (k.abs().compareTo(Rational.of(LARGEST_DEGREE)) > 0) {
                return Optional.empty();
            }
            coefficients.put(k.intValue(), byExponent.get(multiple.getKey()));
        }
        return Optional.of(new ExponentialPolynomial(Expansion.of(some.get().times(Expr.of(unit))), coefficients));
    }

    /** Returns the coefficients of D⁰, D¹, … after a factor E^lowest is taken out. */
    List<Expr> inComplement() {
        List<Expr> powers = new ArrayList<>();
        for (int j = 0; j <= coefficients.lastKey() - lowest(); j++) {
            List<Expr> terms = new ArrayList<>();
            for (Map.Entry<Integer, Expr> c : coefficients.entrySet()) {
                terms.add(c.getValue().times(Expr.of(binomial(c.getKey() - lowest(), j))));
            }
            Expr total = Expansion.of(Expr.sum(terms));
            powers.add(j % 2 == 0 ? total : total.negate());
        }
        return powers;
    }

    int lowest() {
        return Math.min(0, coefficients.firstKey());
    }

    /** Returns the plain number among the terms without E. */
    Rational number() {
        return number(coefficients.getOrDefault(0, Expr.ZERO));
    }

    static Rational number(Expr e) {
        return Term.termsOf(e).getFirst() instanceof Num n ? n.value() : Rational.ZERO;
    }

    private static long binomial(int n, int k) {
        long value = 1;
        for (int i = 0; i < k; i++) {
            value = value * (n - i) / (i + 1);
        }
        return value;
    }
}
