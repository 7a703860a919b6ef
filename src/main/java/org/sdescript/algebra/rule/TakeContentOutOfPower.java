package org.sdescript.algebra.rule;

import java.util.Optional;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Sum;
import org.sdescript.algebra.Rational;
import org.sdescript.algebra.Rule;
import org.sdescript.algebra.SumContent;

/**
 * (2a − 2b)^n → 2^n (a − b)^n; the sign comes out with the content where n is whole.
 *
 * <p>Without this rule (2 − 2x)/(1 − x) would not cancel. Taking −1 out of √(b − a) would leave no real value.
 */
public final class TakeContentOutOfPower implements Rule<Power> {
    @Override
    public Optional<Expr> apply(Power power, Assumptions under) {
        if (!(power instanceof Power(Sum sum, Num exponent))) {
            return Optional.empty();
        }
        Rational content = SumContent.content(sum);
        Rational out = exponent.value().isInteger() ? content : content.abs();
        if (out.isOne()) {
            return Optional.empty();
        }
        Expr rest = SumContent.scale(sum, out.reciprocal());
        return Optional.of(Expr.product(Expr.power(Expr.of(out), exponent), Expr.power(rest, exponent)));
    }
}
