package org.sdescript.algebra;

import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import org.sdescript.algebra.Expr.Symbol;

/** Whether two expressions are the same function. */
public final class Equality {
    private static final int POINTS = 24;
    private static final int ENOUGH = 6;

    private Equality() {}

    /** By canonical form, multiplied out: {@code true} is a proof, {@code false} is none. */
    public static boolean proved(Expr a, Expr b) {
        return a.equals(b)
                || Expansion.of(a.expandCalls().minus(b.expandCalls())).isZero();
    }

    /** Proved, or the same to 1e-8 relative at random points of (0, 1.5) where both have a value. */
    public static boolean probably(Expr a, Expr b) {
        return proved(a, b) || atRandomPoints(a, b);
    }

    private static boolean atRandomPoints(Expr a, Expr b) {
        Set<Symbol> names = new LinkedHashSet<>(a.symbols());
        names.addAll(b.symbols());
        Symbol[] symbols = names.toArray(Symbol[]::new);
        Evaluation left = Evaluation.of(a, symbols);
        Evaluation right = Evaluation.of(b, symbols);
        Random random = new Random(20_21);
        int compared = 0;
        for (int i = 0; i < POINTS; i++) {
            double[] point = random.doubles(symbols.length, 0.05, 1.5).toArray();
            double x = left.at(point);
            double y = right.at(point);
            if (Double.isFinite(x) && Double.isFinite(y)) {
                compared++;
                if (Math.abs(x - y) > 1e-8 * Math.max(1e-3, Math.max(Math.abs(x), Math.abs(y)))) {
                    return false;
                }
            }
        }
        return compared >= ENOUGH;
    }
}
