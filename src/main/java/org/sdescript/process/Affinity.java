package org.sdescript.process;

import java.util.Collection;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Choice;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Simplification;

/**
 * Decides if an expression is affine in some symbols. Derivatives alone do not suffice: the derivatives of sign(x) and
 * of {@code where(x < 0, 1, −1)} are 0 away from the jump, like the derivative of a constant.
 */
public final class Affinity {
    private Affinity() {}

    /** True for c + Σ aᵢ xᵢ, where c and aᵢ are free of the symbols xᵢ. */
    public static boolean isAffine(Expr e, Collection<Symbol> symbols) {
        return isSmooth(e, symbols)
                && symbols.stream()
                        .filter(x -> !e.isFreeOf(x))
                        .map(x -> Simplification.of(Derivative.of(e.expandCalls(), x)))
                        .allMatch(slope -> isFree(slope, symbols));
    }

    /** True if no function with a jump or a kink (|u|, sign, min, max, a choice) is applied to the symbols. */
    public static boolean isSmooth(Expr e, Collection<Symbol> symbols) {
        Expr written = e.expandCalls();
        if (isFree(written, symbols)) {
            return true;
        }
        boolean kink =
                switch (written) {
                    case Choice choice -> true;
                    case Apply a -> isPiecewise(a.function());
                    default -> false;
                };
        return !kink && written.children().stream().allMatch(child -> isSmooth(child, symbols));
    }

    private static boolean isPiecewise(Elementary function) {
        return switch (function) {
            case ABS, SIGN, MIN, MAX -> true;
            case EXP, LOG, SIN, COS, TAN, SINH, COSH, TANH, ATAN, ERF, EXPM1, LOG1P -> false;
        };
    }

    private static boolean isFree(Expr e, Collection<Symbol> symbols) {
        return symbols.stream().allMatch(e::isFreeOf);
    }
}
