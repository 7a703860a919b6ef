package org.sdescript.algebra.rule;

import java.util.Optional;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Rule;
import org.sdescript.algebra.Term;

/**
 * log(exp(u)) → u and log(v exp(u)) → u + log v, always: an exponential is positive.
 *
 * <p>Without this rule the logarithm of a signal-to-noise ratio would overflow where its exponential does.
 */
public final class CancelLogOfExp implements Rule<Apply> {
    @Override
    public Optional<Expr> apply(Apply node, Assumptions under) {
        if (node.function() != Elementary.LOG) {
            return Optional.empty();
        }
        for (Expr factor : Term.factorsOf(node.argument())) {
            if (factor instanceof Apply a && a.function() == Elementary.EXP) {
                return Optional.of(a.argument().plus(Expr.log(node.argument().over(factor))));
            }
        }
        return Optional.empty();
    }
}
