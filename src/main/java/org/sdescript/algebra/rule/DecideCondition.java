package org.sdescript.algebra.rule;

import java.util.Optional;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Choice;
import org.sdescript.algebra.Rule;
import org.sdescript.algebra.Sign;

/**
 * where(u > 0, a, b) → a where u > 0 is certain, → b where u ≤ 0 is certain; likewise for u ≥ 0 and u = 0.
 *
 * <p>where(x² > 0, a, b) is not a: x may be 0.
 */
public final class DecideCondition implements Rule<Choice> {
    @Override
    public Optional<Expr> apply(Choice node, Assumptions under) {
        Expr u = node.condition().of();
        return switch (node.condition().relation()) {
            case POSITIVE -> choose(node, Sign.isPositive(u, under), Sign.isNonNegative(u.negate(), under));
            case NON_NEGATIVE -> choose(node, Sign.isNonNegative(u, under), Sign.isPositive(u.negate(), under));
            case ZERO -> choose(node, false, Sign.isNonZero(u, under));
        };
    }

    private static Optional<Expr> choose(Choice node, boolean holds, boolean fails) {
        return holds ? Optional.of(node.then()) : fails ? Optional.of(node.otherwise()) : Optional.empty();
    }
}
