package org.sdescript.algebra.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Product;
import org.sdescript.algebra.Rule;
import org.sdescript.algebra.Sign;

/**
 * log(x y) → log x + log y where x > 0 is certain under the assumptions; only such factors are taken out.
 *
 * <p>log(x y) is defined at x = y = −1, but log x + log y is not.
 */
public final class SplitLogOfProduct implements Rule<Apply> {
    @Override
    public Optional<Expr> apply(Apply node, Assumptions under) {
        // without assumptions only a number or a root would split off, as from √2 (a + b)
        if (node.function() != Elementary.LOG
                || !(node.argument() instanceof Product product)
                || under.equals(Assumptions.NONE)) {
            return Optional.empty();
        }
        List<Expr> outside = new ArrayList<>();
        List<Expr> inside = new ArrayList<>();
        for (Expr factor : product.factors()) {
            boolean positive = Sign.isPositive(factor, under);
            if (positive && !(factor instanceof Num n)) {
                outside.add(Expr.log(factor));
            } else {
                inside.add(factor);
            }
        }
        if (outside.isEmpty() || inside.isEmpty() && outside.size() == 1) {
            return Optional.empty();
        }
        if (!inside.isEmpty()) {
            outside.add(Expr.log(Expr.product(inside)));
        }
        return Optional.of(Expr.sum(outside));
    }
}
