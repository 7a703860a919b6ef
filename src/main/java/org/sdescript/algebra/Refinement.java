package org.sdescript.algebra;

import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Call;
import org.sdescript.algebra.Expr.Choice;
import org.sdescript.algebra.Expr.Constant;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Parameter;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Product;
import org.sdescript.algebra.Expr.Sum;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Expr.Tabulated;

/**
 * Rewrites that need assumptions, which canonical form cannot make: √(x²) → x for x ≥ 0, log(a b) → log a + log b, |u|
 * → −u.
 */
public final class Refinement {
    /** Bounds the rounds, since a rule that canonical form undoes would loop forever. */
    private static final int MOST_ROUNDS = 32;

    private Refinement() {}

    public static Expr of(Expr e, Assumptions under) {
        return under.isEmpty() ? e : refined(e, under, MOST_ROUNDS);
    }

    private static Expr refined(Expr e, Assumptions under, int rounds) {
        Expr inner = e.mapChildren(child -> refined(child, under, rounds));
        Expr next = rewritten(inner, under);
        return next.equals(inner) || rounds == 0 ? inner : refined(next, under, rounds - 1);
    }

    private static Expr rewritten(Expr e, Assumptions under) {
        return switch (e) {
            case Num n -> n;
            case Constant c -> c;
            case Parameter p -> p;
            case Symbol s -> s;
            case Sum s -> Rules.rewrite(s, under);
            case Product p -> Rules.rewrite(p, under);
            case Power p -> Rules.rewrite(p, under);
            case Apply a -> Rules.rewrite(a, under);
            case Choice c -> Rules.rewrite(c, under);
            case Call c -> c;
            case Tabulated f -> f;
        };
    }
}
