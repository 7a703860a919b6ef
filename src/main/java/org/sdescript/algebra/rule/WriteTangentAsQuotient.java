package org.sdescript.algebra.rule;

import java.util.Optional;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Rule;

/**
 * tan(u) → sin(u)/cos(u), always. Printed and evaluated as a tangent again.
 *
 * <p>Without this rule tan(u) cos(u) would not cancel.
 */
public final class WriteTangentAsQuotient implements Rule<Apply> {
    @Override
    public Optional<Expr> apply(Apply node, Assumptions under) {
        return node.function() == Elementary.TAN
                ? Optional.of(Expr.sin(node.argument()).over(Expr.cos(node.argument())))
                : Optional.empty();
    }
}
