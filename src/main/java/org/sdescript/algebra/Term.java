package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Product;

/** A rational coefficient times the rest of an expression; the rest of a number is 1. */
public record Term(Rational coefficient, Expr rest) {
    public static Term of(Expr e) {
        return switch (e) {
            case Num n -> new Term(n.value(), Expr.ONE);
            case Product(List<Expr> factors)
            when factors.getFirst() instanceof Num n ->
                new Term(
                        n.value(),
                        factors.size() == 2 ? factors.get(1) : new Product(factors.subList(1, factors.size())));
            case Expr other -> new Term(Rational.ONE, other);
        };
    }

    /** Returns the terms of a sum; any other expression is its only term. */
    public static List<Expr> termsOf(Expr e) {
        return e instanceof Expr.Sum s ? s.terms() : List.of(e);
    }

    /** Returns the factors of a product; any other expression is its only factor. */
    public static List<Expr> factorsOf(Expr e) {
        return e instanceof Product p ? p.factors() : List.of(e);
    }

    /** Returns the product of both, for a canonical rest that is not a sum. */
    Expr toExpr() {
        if (coefficient.isZero() || rest.isOne()) {
            return new Num(coefficient);
        }
        if (coefficient.isOne()) {
            return rest;
        }
        List<Expr> factors = new ArrayList<>();
        factors.add(new Num(coefficient));
        factors.addAll(factorsOf(rest));
        return new Product(factors);
    }
}
