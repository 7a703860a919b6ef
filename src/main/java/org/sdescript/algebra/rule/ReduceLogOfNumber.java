package org.sdescript.algebra.rule;

import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Rational;
import org.sdescript.algebra.RationalRoots;
import org.sdescript.algebra.Rule;

/**
 * log(8) → 3 log 2, log(1/5) → −log 5, log √5 → ½ log 5, for positive rationals.
 *
 * <p>Without this rule log(25) − 2 log 5 would not vanish, and 25^t would not equal 5^(2t).
 */
public final class ReduceLogOfNumber implements Rule<Apply> {
    @Override
    public Optional<Expr> apply(Apply node, Assumptions under) {
        if (node.function() != Elementary.LOG) {
            return Optional.empty();
        }
        return switch (node.argument()) {
            case Num(Rational q) when q.signum() > 0 -> ofRational(q);
            case Power(Num base, Num exponent)
            when base.value().signum() > 0 -> Optional.of(exponent.times(Expr.log(base)));
            case Expr other -> Optional.empty();
        };
    }

    private static Optional<Expr> ofRational(Rational q) {
        if (q.compareTo(Rational.ONE) < 0) {
            return Optional.of(Expr.log(Expr.of(q.reciprocal())).negate());
        }
        int up = q.numerator().equals(BigInteger.ONE) ? 0 : RationalRoots.perfectPower(q.numerator());
        int degree = q.isInteger() ? up : gcd(up, RationalRoots.perfectPower(q.denominator()));
        if (degree <= 1) {
            return Optional.empty();
        }
        Rational root = new Rational(root(q.numerator(), degree), root(q.denominator(), degree));
        return Optional.of(Expr.of(degree).times(Expr.log(Expr.of(root))));
    }

    /** Returns the root of a number that is a power of this degree. */
    private static BigInteger root(BigInteger power, int degree) {
        return Objects.requireNonNull(RationalRoots.exactRoot(power, degree));
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
