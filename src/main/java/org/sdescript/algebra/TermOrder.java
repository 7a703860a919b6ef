package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Product;
import org.sdescript.algebra.Expr.Sum;
import org.sdescript.algebra.Expr.Symbol;

/**
 * The order in which terms are printed: a polynomial by falling degree, anything else with its number first, scores last;
 * and a positive term in front where there is one, except in polynomials of three terms and more.
 */
record TermOrder(List<Symbol> states) {
    List<Expr> sorted(Sum sum) {
        List<Expr> terms =
                new ArrayList<>(sum.terms().stream().map(TermOrder::positive).toList());
        boolean polynomial = terms.stream().allMatch(term -> isMonomial(term) || hasScore(term));
        terms.sort(Comparator.comparingInt(this::state));
        if (polynomial) {
            terms.sort(Comparator.comparingInt(TermOrder::degree).reversed());
        }
        terms.sort(Comparator.comparing(TermOrder::hasScore));
        long plain = terms.stream().filter(term -> !hasScore(term)).count();
        if (isNegative(terms.getFirst()) && (plain == 2 || !polynomial)) {
            terms.stream()
                    .filter(term -> !isNegative(term) && !hasScore(term))
                    .findFirst()
                    .ifPresent(positive -> {
                        terms.remove(positive);
                        terms.addFirst(positive);
                    });
        }
        return terms;
    }

    /** −r (a − b) written as r (b − a), and −r/(a − b) as r/(b − a); but 1 − exp(u) stays what it is. */
    static Expr positive(Expr term) {
        Term split = Term.of(term);
        List<Expr> factors = new ArrayList<>(Term.factorsOf(split.rest()));
        if (split.coefficient().signum() > 0) {
            return term;
        }
        for (int i = 0; i < factors.size(); i++) {
            if (factors.get(i) instanceof Sum s
                    && s.terms().size() == 2
                    && isNegative(s.terms().get(1))
                    && !isShareOfOne(s)) {
                factors.set(i, Sums.scale(s, Rational.MINUS_ONE));
                return withCoefficient(split.coefficient().negate(), factors);
            }
            if (factors.get(i) instanceof Power(Sum s, Num n)
                    && n.value().equals(Rational.MINUS_ONE)
                    && s.terms().size() == 2
                    && isNegative(s.terms().get(1))) {
                factors.set(i, new Power(Sums.scale(s, Rational.MINUS_ONE), n));
                return withCoefficient(split.coefficient().negate(), factors);
            }
        }
        return term;
    }

    /** 1 − exp(u): what an exponential decay has left behind. */
    private static boolean isShareOfOne(Sum s) {
        return s.terms().get(0) instanceof Num
                && Term.of(s.terms().get(1)).rest() instanceof Expr.Apply a
                && a.function() == Elementary.EXP;
    }

    private static Expr withCoefficient(Rational coefficient, List<Expr> factors) {
        Expr rest = factors.size() == 1 ? factors.getFirst() : new Product(factors);
        return coefficient.isOne() ? rest : new Term(coefficient, rest).toExpr();
    }

    private static boolean isNegative(Expr term) {
        return Term.of(term).coefficient().signum() < 0;
    }

    private static boolean hasScore(Expr term) {
        return term.symbols().stream().anyMatch(s -> s.name().startsWith("∇"));
    }

    /** The place of the state that the term holds, behind the terms without any. */
    private int state(Expr term) {
        for (int i = states.size() - 1; i >= 0; i--) {
            if (!term.isFreeOf(states.get(i))) {
                return i + 1;
            }
        }
        return 0;
    }

    private static boolean isMonomial(Expr term) {
        return Term.factorsOf(term).stream().allMatch(factor -> switch (factor) {
            case Num n -> true;
            case Symbol s -> true;
            case Power(Symbol s, Num n) -> true;
            case Expr other -> other.symbols().isEmpty();
        });
    }

    private static int degree(Expr term) {
        int degree = 0;
        for (Expr factor : Term.factorsOf(term)) {
            degree += switch (factor) {
                case Symbol s -> 1;
                case Power(Symbol s, Num n)
                when n.value().isSmallInteger() -> n.value().intValue();
                case Expr other -> 0;
            };
        }
        return degree;
    }
}
