package org.sdescript.algebra.rule;

import java.util.Optional;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Sum;
import org.sdescript.algebra.Rational;
import org.sdescript.algebra.Rule;
import org.sdescript.algebra.SumContent;
import org.sdescript.algebra.Term;

/**
 * sin(−u) → −sin(u), cos(−u) → cos(u) and so on for odd and even functions; |−2u| → 2|u|, sign(−2u) → −sign(u).
 *
 * <p>Without this rule sin(a − b) + sin(b − a) would not vanish.
 */
public final class MoveSignOutOfFunction implements Rule<Apply> {
    @Override
    public Optional<Expr> apply(Apply node, Assumptions under) {
        Rational content = content(node.argument());
        boolean negative = content.signum() < 0;
        return switch (node.function()) {
            case SIN, TAN, SINH, TANH, ATAN, ERF ->
                negative
                        ? Optional.of(
                                Expr.apply(node.function(), node.argument().negate())
                                        .negate())
                        : Optional.empty();
            case COS, COSH ->
                negative
                        ? Optional.of(
                                Expr.apply(node.function(), node.argument().negate()))
                        : Optional.empty();
            case ABS -> content.isOne() ? Optional.empty() : Optional.of(scaled(node, content, content.abs()));
            case SIGN ->
                content.isOne() ? Optional.empty() : Optional.of(scaled(node, content, Rational.of(content.signum())));
            case EXP, LOG, MIN, MAX, EXPM1, LOG1P -> Optional.empty();
        };
    }

    private static Rational content(Expr e) {
        return e instanceof Sum s ? SumContent.content(s) : Term.of(e).coefficient();
    }

    private static Expr scaled(Apply node, Rational content, Rational outside) {
        Expr inside = node.argument().times(Expr.of(content.reciprocal()));
        return Expr.of(outside).times(Expr.apply(node.function(), inside));
    }
}
