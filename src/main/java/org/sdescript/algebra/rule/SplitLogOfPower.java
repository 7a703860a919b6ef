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
 * log(x^r) → r log x where x ≥ 0 or r is not an even number; log(x^r) → r log|x| for even r.
 *
 * <p>log(x²) is defined at x = −1, but 2 log x is not.
 */
public final class SplitLogOfPower implements Rule<Apply> {
    @Override
    public Optional<Expr> apply(Apply node, Assumptions under) {
        if (node.function() != Elementary.LOG
                || !(node.argument() instanceof Power(Expr x, Num r))
                || x instanceof Num) {
            return Optional.empty();
        }
        boolean even = r.value().isEven() && !Sign.isNonNegative(x, under);
        return Optional.of(r.times(Expr.log(even ? Expr.apply(Elementary.ABS, x) : x)));
    }
}
