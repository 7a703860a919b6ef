package org.sdescript.algebra.rule;

import java.util.Optional;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Rational;
import org.sdescript.algebra.Rule;
import org.sdescript.algebra.Term;

/**
 * sin(kπ/2) and cos(kπ/2) → 0, 1 or −1, for whole k.
 *
 * <p>In floating point cos(π/2) is 6e−17, and its inverse a number of the size 1e16 instead of a division by zero.
 */
public final class EvaluateAtRightAngles implements Rule<Apply> {
    private static final int[] SINE = {0, 1, 0, -1};

    @Override
    public Optional<Expr> apply(Apply node, Assumptions under) {
        boolean sine = node.function() == Elementary.SIN;
        if (!sine && node.function() != Elementary.COS) {
            return Optional.empty();
        }
        Term angle = Term.of(node.argument());
        Rational quarters = angle.coefficient().times(Rational.of(2));
        if (!angle.rest().equals(Expr.PI) || !quarters.isSmallInteger()) {
            return Optional.empty();
        }
        return Optional.of(Expr.of(SINE[Math.floorMod(quarters.intValue() + (sine ? 0 : 1), 4)]));
    }
}
