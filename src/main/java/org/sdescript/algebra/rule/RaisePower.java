package org.sdescript.algebra.rule;

import java.util.Optional;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Rule;
import org.sdescript.algebra.Sign;

/**
 * (x^a)^b → x^(ab) where b is whole, x ≥ 0, or a is a fraction (then x ≥ 0 is implied); → |x|^(ab) where a is even;
 * exp(u)^b → exp(b u), and |u|^b → u^b for even b.
 *
 * <p>√(x²) → x would turn 3 into −3 at x = −3.
 */
public final class RaisePower implements Rule<Power> {
    @Override
    public Optional<Expr> apply(Power power, Assumptions under) {
        return switch (power.base()) {
            case Apply a
            when a.function() == Elementary.EXP ->
                Optional.of(Expr.exp(a.argument().times(power.exponent())));
            case Apply a
            when a.function() == Elementary.ABS && isEven(power.exponent()) ->
                Optional.of(Expr.power(a.argument(), power.exponent()));
            case Power(Expr x, Expr a)
            when isInteger(power.exponent()) || isFraction(a) || Sign.isNonNegative(x, under) ->
                Optional.of(Expr.power(x, a.times(power.exponent())));
            case Power(Expr x, Expr a)
            when isEven(a) -> Optional.of(Expr.power(Expr.apply(Elementary.ABS, x), a.times(power.exponent())));
            case Expr other -> Optional.empty();
        };
    }

    private static boolean isInteger(Expr e) {
        return e instanceof Num n && n.value().isInteger();
    }

    private static boolean isEven(Expr e) {
        return e instanceof Num n && n.value().isEven();
    }

    private static boolean isFraction(Expr e) {
        return e instanceof Num n && !n.value().isInteger();
    }
}
