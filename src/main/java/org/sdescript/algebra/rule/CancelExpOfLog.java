package org.sdescript.algebra.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Rule;
import org.sdescript.algebra.Term;

/**
 * exp(u + r log v) → v^r exp(u), for a rational r. v > 0 is implied: log v is defined.
 *
 * <p>No other r: 5^t, which is exp(t log 5), would become a power again and the rules would loop forever.
 */
public final class CancelExpOfLog implements Rule<Apply> {
    @Override
    public Optional<Expr> apply(Apply node, Assumptions under) {
        if (node.function() != Elementary.EXP) {
            return Optional.empty();
        }
        List<Expr> factors = new ArrayList<>();
        List<Expr> exponents = new ArrayList<>();
        for (Expr term : Term.termsOf(node.argument())) {
            Term split = Term.of(term);
            if (split.rest() instanceof Apply a && a.function() == Elementary.LOG) {
                factors.add(Expr.power(a.argument(), Expr.of(split.coefficient())));
            } else {
                exponents.add(term);
            }
        }
        if (factors.isEmpty()) {
            return Optional.empty();
        }
        factors.add(Expr.exp(Expr.sum(exponents)));
        return Optional.of(Expr.product(factors));
    }
}
