package org.sdescript.algebra.rule;

import java.util.Optional;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Rule;
import org.sdescript.algebra.Sign;

/**
 * min(u, v) → u and max(u, v) → v where v − u ≥ 0 is certain.
 *
 * <p>min(x, 2x) is not x: at x = −1 the minimum is 2x.
 */
public final class ChooseExtremum implements Rule<Apply> {
    @Override
    public Optional<Expr> apply(Apply node, Assumptions under) {
        boolean smaller = node.function() == Elementary.MIN;
        if (!smaller && node.function() != Elementary.MAX) {
            return Optional.empty();
        }
        Expr u = node.arguments().get(0);
        Expr v = node.arguments().get(1);
        if (Sign.isNonNegative(v.minus(u), under)) {
            return Optional.of(smaller ? u : v);
        }
        return Sign.isNonNegative(u.minus(v), under) ? Optional.of(smaller ? v : u) : Optional.empty();
    }
}
