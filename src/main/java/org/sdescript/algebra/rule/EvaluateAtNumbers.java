package org.sdescript.algebra.rule;

import java.util.Optional;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Rational;
import org.sdescript.algebra.Rule;
import org.sdescript.algebra.Undefined;

/**
 * exp(0) → 1, log(1) → 0, sin(0) → 0 and so on; min(2, 3) → 2; max(u, u) → u.
 *
 * <p>The value must be rational: exp(1) stays, since a decimal would not be exact.
 */
public final class EvaluateAtNumbers implements Rule<Apply> {
    @Override
    public Optional<Expr> apply(Apply node, Assumptions under) {
        Expr u = node.argument();
        return switch (node.function()) {
            case EXP, COS, COSH -> u.isZero() ? Optional.of(Expr.ONE) : Optional.empty();
            case SIN, TAN, SINH, TANH, ATAN, ERF, EXPM1, LOG1P ->
                u.isZero() ? Optional.of(Expr.ZERO) : Optional.empty();
            case LOG -> logarithm(u);
            case ABS -> u instanceof Num n ? Optional.of(Expr.of(n.value().abs())) : Optional.empty();
            case SIGN -> u instanceof Num n ? Optional.of(Expr.of(n.value().signum())) : Optional.empty();
            case MIN -> choose(u, node.arguments().get(1), true);
            case MAX -> choose(u, node.arguments().get(1), false);
        };
    }

    private static Optional<Expr> logarithm(Expr u) {
        if (u.isZero()) {
            throw new Undefined("logarithm of zero");
        }
        return u.isOne() ? Optional.of(Expr.ZERO) : Optional.empty();
    }

    private static Optional<Expr> choose(Expr a, Expr b, boolean smaller) {
        if (a.equals(b)) {
            return Optional.of(a);
        }
        if (a instanceof Num(Rational x) && b instanceof Num(Rational y)) {
            return Optional.of(x.compareTo(y) < 0 == smaller ? a : b);
        }
        return Optional.empty();
    }
}
