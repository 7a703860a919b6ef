package org.sdescript.algebra.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Product;
import org.sdescript.algebra.Rule;

/**
 * exp(a) exp(b) → exp(a + b), always.
 *
 * <p>Without this rule exp(B) exp(−B) would not cancel, and no variance would have a closed form.
 */
public final class MergeExponentials implements Rule<Product> {
    @Override
    public Optional<Expr> apply(Product product, Assumptions under) {
        List<Expr> exponents = new ArrayList<>();
        List<Expr> others = new ArrayList<>();
        for (Expr factor : product.factors()) {
            if (factor instanceof Apply a && a.function() == Elementary.EXP) {
                exponents.add(a.argument());
            } else {
                others.add(factor);
            }
        }
        if (exponents.size() < 2) {
            return Optional.empty();
        }
        others.add(Expr.exp(Expr.sum(exponents)));
        return Optional.of(Expr.product(others));
    }
}
