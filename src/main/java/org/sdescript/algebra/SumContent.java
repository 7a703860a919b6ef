package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.algebra.Expr.Sum;

/** The common numeric factor of a sum, and its distribution. */
public final class SumContent {
    private SumContent() {}

    /** Returns the rational factor that leaves whole coefficients without common factor, the first of them positive. */
    public static Rational content(Sum sum) {
        Rational content = Rational.ZERO;
        for (Expr term : sum.terms()) {
            content = content.gcd(Term.of(term).coefficient());
        }
        return Term.of(sum.terms().getFirst()).coefficient().signum() < 0 ? content.negate() : content;
    }

    /**
     * Returns c for a sum such as c − c exp(u), with a plain number and coefficients that differ only in sign;
     * otherwise 1.
     */
    static Rational common(Sum s) {
        Rational first = ExponentialPolynomial.number(s).abs();
        boolean common = !first.isZero()
                && s.terms().stream()
                        .allMatch(term -> Term.of(term).coefficient().abs().equals(first));
        return common ? first : Rational.ONE;
    }

    /** True if the expression is printed as a sum, and needs brackets before a factor: 2 (1 − x) needs none. */
    public static boolean isWrittenAsSum(Expr e) {
        return e instanceof Sum s && common(s).isOne();
    }

    /** Multiplies every term by a number. */
    public static Expr scale(Sum sum, Rational by) {
        if (by.isOne()) {
            return sum;
        }
        List<Expr> scaled = new ArrayList<>();
        for (Expr term : sum.terms()) {
            Term split = Term.of(term);
            scaled.add(new Term(split.coefficient().times(by), split.rest()).toExpr());
        }
        return new Sum(scaled);
    }
}
