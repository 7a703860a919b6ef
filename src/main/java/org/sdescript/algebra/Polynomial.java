package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Symbol;

/**
 * A polynomial in one symbol; the coefficients are free of the symbol.
 *
 * @param coefficients the coefficients by degree, without zeros
 */
record Polynomial(Symbol symbol, TreeMap<Integer, Expr> coefficients) {
    static Optional<Polynomial> of(Expr e, Symbol symbol) {
        TreeMap<Integer, Expr> coefficients = new TreeMap<>();
        for (Expr term : Term.termsOf(Expansion.of(e))) {
            int degree = degree(term, symbol);
            Expr coefficient = term.over(symbol.pow(degree));
            if (degree < 0 || !coefficient.isFreeOf(symbol)) {
                return Optional.empty();
            }
            coefficients.merge(degree, coefficient, Expr::plus);
        }
        return Optional.of(new Polynomial(symbol, withoutZeros(coefficients)));
    }

    /** Returns e as a polynomial of degree 1, as most substitutions require; empty for any other degree. */
    static Optional<Polynomial> line(Expr e, Symbol symbol) {
        return of(e, symbol).filter(p -> p.degree() == 1);
    }

    private static TreeMap<Integer, Expr> withoutZeros(TreeMap<Integer, Expr> coefficients) {
        coefficients.values().removeIf(Expr::isZero);
        return coefficients;
    }

    /** Returns the whole power of the symbol among the factors of a term. */
    static int degree(Expr term, Symbol symbol) {
        for (Expr factor : Term.factorsOf(term)) {
            if (factor.equals(symbol)) {
                return 1;
            }
            if (factor instanceof Power(Symbol s, Num n)
                    && s.equals(symbol)
                    && n.value().isSmallInteger()) {
                return n.value().intValue();
            }
        }
        return 0;
    }

    int degree() {
        return coefficients.isEmpty() ? 0 : coefficients.lastKey();
    }

    Expr coefficient(int degree) {
        return coefficients.getOrDefault(degree, Expr.ZERO);
    }

    private Expr leading() {
        return coefficient(degree());
    }

    boolean isZero() {
        return coefficients.isEmpty();
    }

    /** True if every coefficient is a rational number, so that testing a coefficient for zero is exact. */
    boolean isRational() {
        return coefficients.values().stream().allMatch(c -> c instanceof Num);
    }

    static Polynomial constant(Symbol symbol, Expr value) {
        return new Polynomial(symbol, withoutZeros(new TreeMap<>(Map.of(0, value))));
    }

    Polynomial plus(Polynomial other) {
        TreeMap<Integer, Expr> sum = new TreeMap<>(coefficients);
        other.coefficients.forEach((n, c) -> sum.merge(n, c, (a, b) -> simple(a.plus(b))));
        return new Polynomial(symbol, withoutZeros(sum));
    }

    Polynomial minus(Polynomial other) {
        return plus(other.times(Expr.of(-1)));
    }

    Polynomial times(Expr factor) {
        return shifted(factor, 0);
    }

    private Polynomial shifted(Expr factor, int by) {
        TreeMap<Integer, Expr> product = new TreeMap<>();
        coefficients.forEach((n, c) -> product.put(n + by, simple(c.times(factor))));
        return new Polynomial(symbol, withoutZeros(product));
    }

    Polynomial times(Polynomial other) {
        Polynomial product = constant(symbol, Expr.ZERO);
        for (Map.Entry<Integer, Expr> term : other.coefficients.entrySet()) {
            product = product.plus(shifted(term.getValue(), term.getKey()));
        }
        return product;
    }

    Polynomial power(int n) {
        Polynomial product = constant(symbol, Expr.ONE);
        for (int i = 0; i < n; i++) {
            product = product.times(this);
        }
        return product;
    }

    /** The result of a division: this = quotient · divisor + remainder. */
    record Division(Polynomial quotient, Polynomial remainder) {}

    Division by(Polynomial divisor) {
        Polynomial quotient = constant(symbol, Expr.ZERO);
        Polynomial rest = this;
        while (!rest.isZero() && rest.degree() >= divisor.degree()) {
            int by = rest.degree() - divisor.degree();
            Expr ratio = simple(rest.leading().over(divisor.leading()));
            Polynomial next = rest.minus(divisor.shifted(ratio, by));
            TreeMap<Integer, Expr> falling = new TreeMap<>(next.coefficients.headMap(rest.degree(), false));
            quotient = quotient.plus(constant(symbol, ratio).shifted(Expr.ONE, by));
            rest = new Polynomial(symbol, falling);
        }
        return new Division(quotient, rest);
    }

    /** Returns the greatest common divisor of rational polynomials, with leading coefficient 1. */
    Polynomial gcd(Polynomial other) {
        Polynomial a = this;
        Polynomial b = other;
        while (!b.isZero()) {
            Polynomial rest = a.by(b).remainder();
            a = b;
            b = rest;
        }
        return a.times(a.leading().pow(-1));
    }

    Polynomial derivative() {
        TreeMap<Integer, Expr> derived = new TreeMap<>();
        coefficients.tailMap(1).forEach((n, c) -> derived.put(n - 1, c.times(Expr.of(n))));
        return new Polynomial(symbol, derived);
    }

    Expr at(Expr value) {
        return simple(toExpr().with(symbol, value));
    }

    private static Expr simple(Expr e) {
        return e instanceof Num ? e : Simplification.of(e);
    }

    Expr toExpr() {
        List<Expr> terms = new ArrayList<>();
        for (Map.Entry<Integer, Expr> c : coefficients.entrySet()) {
            terms.add(c.getValue().times(symbol.pow(c.getKey())));
        }
        return Expr.sum(terms);
    }
}
