package org.sdescript.runtime;

import org.sdescript.algebra.Expr;

/**
 * What was most likely written where a double came out: π and the roots of small whole numbers, which no short decimal
 * is close to, and else the shortest decimal.
 */
final class Likely {
    private static final int LARGEST_RADICAND = 1000;

    private Likely() {}

    static Expr of(double value) {
        if (Math.abs(value) == Math.PI) {
            return value > 0 ? Expr.PI : Expr.PI.negate();
        }
        long radicand = Math.round(value * value);
        boolean isRoot = radicand > 1
                && radicand <= LARGEST_RADICAND
                && Math.abs(value) == Math.sqrt(radicand)
                && value != Math.rint(value);
        if (!isRoot) {
            return Expr.of(value);
        }
        Expr root = Expr.sqrt(Expr.of(radicand));
        return value > 0 ? root : root.negate();
    }
}
