package org.sdescript.algebra.rule;

import java.util.Optional;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Parameter;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Rule;

/**
 * 5^t → exp(t log 5), for a positive number or parameter and an exponent that is no number. Printed as 5ᵗ again.
 *
 * <p>All exponentials have one form, so that they merge and the same rules integrate them; (−5)^t has no logarithm.
 */
public final class RaiseNumberToExpression implements Rule<Power> {
    @Override
    public Optional<Expr> apply(Power power, Assumptions under) {
        return isPositiveNumber(power.base()) && !(power.exponent() instanceof Num)
                ? Optional.of(Expr.exp(power.exponent().times(Expr.log(power.base()))))
                : Optional.empty();
    }

    private static boolean isPositiveNumber(Expr base) {
        return base instanceof Num n && n.value().signum() > 0 || base instanceof Parameter p && p.low() > 0;
    }
}
