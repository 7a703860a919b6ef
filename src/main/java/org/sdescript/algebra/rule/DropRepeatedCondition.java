package org.sdescript.algebra.rule;

import java.util.Optional;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Choice;
import org.sdescript.algebra.Rule;

/**
 * where(c, where(c, a, b), d) → where(c, a, d), and likewise in the other branch.
 *
 * <p>The conditions must be equal: u > 0 inside u ≥ 0 still decides between values.
 */
public final class DropRepeatedCondition implements Rule<Choice> {
    @Override
    public Optional<Expr> apply(Choice node, Assumptions under) {
        if (node.then() instanceof Choice inner && inner.condition().equals(node.condition())) {
            return Optional.of(Expr.choice(node.condition(), inner.then(), node.otherwise()));
        }
        if (node.otherwise() instanceof Choice inner && inner.condition().equals(node.condition())) {
            return Optional.of(Expr.choice(node.condition(), node.then(), inner.otherwise()));
        }
        return Optional.empty();
    }
}
