package org.sdescript.algebra.rule;

import java.util.Optional;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Rule;
import org.sdescript.algebra.Sign;

/**
 * |u| → u where u ≥ 0 is certain, sign(u) → 1 where u > 0 is certain.
 *
 * <p>Elsewhere u may be negative; then |u| is −u.
 */
public final class DropAbsoluteValue implements Rule<Apply> {
    @Override
    public Optional<Expr> apply(Apply node, Assumptions under) {
        if (node.function() == Elementary.ABS && Sign.isNonNegative(node.argument(), under)) {
            return Optional.of(node.argument());
        }
        if (node.function() == Elementary.SIGN && Sign.isPositive(node.argument(), under)) {
            return Optional.of(Expr.ONE);
        }
        return Optional.empty();
    }
}
