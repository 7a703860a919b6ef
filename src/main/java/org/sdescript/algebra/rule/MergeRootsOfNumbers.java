package org.sdescript.algebra.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Product;
import org.sdescript.algebra.Rational;
import org.sdescript.algebra.Rule;

/**
 * √2 √3 → √6, for positive numbers with the same exponent.
 *
 * <p>Both must be positive: √−2 √−3 has no real value, but √6 has one.
 */
public final class MergeRootsOfNumbers implements Rule<Product> {
    @Override
    public Optional<Expr> apply(Product product, Assumptions under) {
        Map<Expr, Rational> bases = new LinkedHashMap<>();
        List<Expr> others = new ArrayList<>();
        boolean merged = false;
        for (Expr factor : product.factors()) {
            if (factor instanceof Power(Num base, Num exponent) && base.value().signum() > 0) {
                merged |= bases.containsKey(exponent);
                bases.merge(exponent, base.value(), Rational::times);
            } else {
                others.add(factor);
            }
        }
        if (!merged) {
            return Optional.empty();
        }
        bases.forEach((exponent, base) -> others.add(Expr.power(Expr.of(base), exponent)));
        return Optional.of(Expr.product(others));
    }
}
