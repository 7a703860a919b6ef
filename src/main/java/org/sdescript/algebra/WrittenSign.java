package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Product;
import org.sdescript.algebra.Expr.Sum;

/**
 * The printed sign of a term: r (b − a) for −r (a − b); −x/(1 − t) for x/(t − 1), since 1 − t is positive at the times
 * of a process; 1 − a − b for −(a + b − 1). 1 − exp(u) is unchanged.
 */
public final class WrittenSign {
    private WrittenSign() {}

    /** Returns an equal term whose factors have their printed sign. */
    public static Expr of(Expr term) {
        Rational coefficient = Term.of(term).coefficient();
        List<Expr> factors = new ArrayList<>(Term.factorsOf(Term.of(term).rest()));
        for (int i = 0; i < factors.size(); i++) {
            if (factors.get(i) instanceof Power(Sum s, Num n) && isOddBelow(n) && isTurned(s)) {
                factors.set(i, new Power(SumContent.scale(s, Rational.MINUS_ONE), n));
                coefficient = coefficient.negate();
            }
        }
        for (int i = 0; i < factors.size() && coefficient.signum() > 0; i++) {
            if (factors.get(i) instanceof Sum s && isMostlyNegative(s)) {
                factors.set(i, SumContent.scale(s, Rational.MINUS_ONE));
                coefficient = coefficient.negate();
            }
        }
        for (int i = 0; i < factors.size() && coefficient.signum() < 0; i++) {
            if (factors.get(i) instanceof Sum s && hasTwoSigns(s) && !isShareOfOne(s)) {
                factors.set(i, SumContent.scale(s, Rational.MINUS_ONE));
                coefficient = coefficient.negate();
            } else if (factors.get(i) instanceof Power(Sum s, Num n) && isOddBelow(n) && hasTwoSignsOnly(s)) {
                factors.set(i, new Power(SumContent.scale(s, Rational.MINUS_ONE), n));
                coefficient = coefficient.negate();
            }
        }
        return withCoefficient(coefficient, factors);
    }

    /** True if the term is printed with a minus in front. */
    static boolean isNegative(Expr term) {
        return Term.of(of(term)).coefficient().signum() < 0;
    }

    private static boolean isOddBelow(Num n) {
        return n.value().signum() < 0 && n.value().isSmallInteger() && n.value().intValue() % 2 != 0;
    }

    /** True for u − c with a positive number c. */
    private static boolean isTurned(Sum s) {
        return s.terms().size() == 2 && ExponentialPolynomial.number(s).signum() < 0 && hasTwoSigns(s);
    }

    /** True for a polynomial with mostly negative terms, as 1 − 2 N − 2 i. */
    private static boolean isMostlyNegative(Sum s) {
        long negative = s.terms().stream()
                .filter(term -> Term.of(term).coefficient().signum() < 0)
                .count();
        return 2 * negative > s.terms().size()
                && s.terms().size() > 2
                && s.terms().stream().allMatch(TermPrintOrder::isMonomial);
    }

    private static boolean hasTwoSigns(Sum s) {
        return s.terms().size() == 2
                && Term.of(s.terms().get(0)).coefficient().signum()
                        != Term.of(s.terms().get(1)).coefficient().signum();
    }

    private static boolean hasTwoSignsOnly(Sum s) {
        return hasTwoSigns(s) && ExponentialPolynomial.number(s).isZero();
    }

    /** True for 1 − exp(u), the complement of an exponential decay. */
    private static boolean isShareOfOne(Sum s) {
        return s.terms().get(0) instanceof Num one
                && one.value().signum() > 0
                && Term.of(s.terms().get(1)).rest() instanceof Expr.Apply a
                && a.function() == Elementary.EXP;
    }

    private static Expr withCoefficient(Rational coefficient, List<Expr> factors) {
        Expr rest = factors.size() == 1 ? factors.getFirst() : new Product(factors);
        return new Term(coefficient, rest).toExpr();
    }
}
