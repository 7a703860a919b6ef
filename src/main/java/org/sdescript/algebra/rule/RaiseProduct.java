package org.sdescript.algebra.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Product;
import org.sdescript.algebra.Rational;
import org.sdescript.algebra.Rule;
import org.sdescript.algebra.Sign;

/**
 * (x y)^b → x^b y^b where b is whole; otherwise only the factors that are certainly ≥ 0 are taken out.
 *
 * <p>√(x y) → √x √y would lose its value at x = y = −1.
 */
public final class RaiseProduct implements Rule<Power> {
    @Override
    public Optional<Expr> apply(Power power, Assumptions under) {
        if (!(power.base() instanceof Product product)) {
            return Optional.empty();
        }
        boolean whole = power.exponent() instanceof Num n && n.value().isInteger();
        List<Expr> outside = new ArrayList<>();
        List<Expr> inside = new ArrayList<>();
        for (Expr factor : product.factors()) {
            if (whole || Sign.isNonNegative(factor, under)) {
                outside.add(Expr.power(factor, power.exponent()));
            } else if (factor instanceof Num n && !n.value().equals(Rational.MINUS_ONE)) {
                outside.add(Expr.power(Expr.of(n.value().abs()), power.exponent()));
                inside.add(Expr.of(-1));
            } else {
                inside.add(factor);
            }
        }
        if (outside.isEmpty()) {
            return Optional.empty();
        }
        if (!inside.isEmpty()) {
            outside.add(Expr.power(Expr.product(inside), power.exponent()));
        }
        return Optional.of(Expr.product(outside));
    }
}
