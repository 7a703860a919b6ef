package org.sdescript.algebra.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Sum;
import org.sdescript.algebra.Rule;
import org.sdescript.algebra.Term;

/**
 * a sin²(u) + a cos²(u) → a, a − a sin²(u) → a cos²(u) and a − a cos²(u) → a sin²(u).
 *
 * <p>The coefficients must be the same expression a (up to the sign shown): sin² + 2 cos² would otherwise lose a cos².
 */
public final class AddSquaresOfSineAndCosine implements Rule<Sum> {
    @Override
    public Optional<Expr> apply(Sum sum, Assumptions under) {
        List<Expr> terms = sum.terms();
        for (int i = 0; i < terms.size(); i++) {
            for (Expr factor : Term.factorsOf(terms.get(i))) {
                Optional<Expr> other = complement(factor);
                if (other.isPresent()) {
                    Expr coefficient = terms.get(i).over(factor);
                    int partner = terms.indexOf(coefficient.times(other.get()));
                    if (partner >= 0) {
                        return Optional.of(without(terms, i, partner, coefficient));
                    }
                    partner = terms.indexOf(coefficient.negate());
                    if (partner >= 0) {
                        return Optional.of(
                                without(terms, i, partner, coefficient.negate().times(other.get())));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Expr> complement(Expr factor) {
        if (!(factor instanceof Power(Apply a, Expr exponent)) || !exponent.equals(Expr.of(2))) {
            return Optional.empty();
        }
        return switch (a.function()) {
            case SIN -> Optional.of(Expr.cos(a.argument()).pow(2));
            case COS -> Optional.of(Expr.sin(a.argument()).pow(2));
            case EXP, LOG, TAN, SINH, COSH, TANH, ATAN, ERF, ABS, SIGN, MIN, MAX, EXPM1, LOG1P -> Optional.empty();
        };
    }

    private static Expr without(List<Expr> terms, int i, int j, Expr instead) {
        List<Expr> rest = new ArrayList<>(terms);
        rest.remove(Math.max(i, j));
        rest.remove(Math.min(i, j));
        rest.add(instead);
        return Expr.sum(rest);
    }
}
