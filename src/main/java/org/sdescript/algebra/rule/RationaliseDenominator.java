package org.sdescript.algebra.rule;

import java.util.List;
import java.util.Optional;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Sum;
import org.sdescript.algebra.Rule;

/**
 * 1/(a + b) → (a − b)/(a² − b²) where a² and b² are numbers: 1/(5 + √3) → (5 − √3)/22.
 *
 * <p>Two terms only: with three, the new denominator has roots again. Without this rule one number has many forms, and
 * the eigenvalues of a system do not cancel.
 */
public final class RationaliseDenominator implements Rule<Power> {
    @Override
    public Optional<Expr> apply(Power node, Assumptions under) {
        if (!(node.base() instanceof Sum(List<Expr> terms))
                || terms.size() != 2
                || !(node.exponent() instanceof Num n)
                || !n.value().isSmallInteger()
                || n.value().signum() >= 0) {
            return Optional.empty();
        }
        Expr a = terms.get(0);
        Expr b = terms.get(1);
        if (!(a.pow(2) instanceof Num first)
                || !(b.pow(2) instanceof Num second)
                || first.value().equals(second.value())) {
            return Optional.empty();
        }
        Expr inverse = a.minus(b).over(first.minus(second));
        return Optional.of(inverse.pow(-n.value().intValue()));
    }
}
