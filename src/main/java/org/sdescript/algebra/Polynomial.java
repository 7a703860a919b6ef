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
 * A polynomial in one symbol, its coefficients free of it.
 *
 * @param coefficients by degree, without zeros
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
        coefficients.values().removeIf(Expr::isZero);
        return Optional.of(new Polynomial(symbol, coefficients));
    }

    /** The whole power of the symbol among the factors of a term. */
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

    Expr toExpr() {
        List<Expr> terms = new ArrayList<>();
        for (Map.Entry<Integer, Expr> c : coefficients.entrySet()) {
            terms.add(c.getValue().times(symbol.pow(c.getKey())));
        }
        return Expr.sum(terms);
    }
}
