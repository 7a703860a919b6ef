package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Symbol;

/** Antiderivatives of elementary functions of the plain variable. */
final class Table {
    private Table() {}

    static Optional<Expr> of(Expr kernel, Symbol t) {
        return switch (kernel) {
            case Power(Symbol s, Expr n) when s.equals(t) && n.isFreeOf(t) -> Optional.of(ofPower(t, n));
            case Power(Apply a, Num n)
            when a.argument().equals(t) && n.value().equals(Rational.of(-2)) -> ofInverseSquare(a);
            case Apply a when a.argument().equals(t) -> ofFunction(a, t);
            case Apply a when a.function() == Elementary.EXP -> ofGaussian(a.argument(), t);
            case Expr other -> Optional.empty();
        };
    }

    private static Expr ofPower(Symbol t, Expr n) {
        Expr next = n.plus(Expr.ONE);
        return next.isZero()
                ? Expr.log(Expr.apply(Elementary.ABS, t))
                : Expr.power(t, next).over(next);
    }

    private static Optional<Expr> ofInverseSquare(Apply a) {
        Expr u = a.argument();
        return switch (a.function()) {
            case COS -> Optional.of(Expr.apply(Elementary.TAN, u));
            case SIN -> Optional.of(Expr.apply(Elementary.TAN, u).pow(-1).negate());
            case COSH -> Optional.of(Expr.apply(Elementary.TANH, u));
            case EXP, LOG, TAN, SINH, TANH, ATAN, ERF, ABS, SIGN, MIN, MAX, EXPM1, LOG1P -> Optional.empty();
        };
    }

    private static Optional<Expr> ofFunction(Apply a, Symbol t) {
        return switch (a.function()) {
            case EXP -> Optional.of(a);
            case LOG -> Optional.of(t.times(a).minus(t));
            case SIN -> Optional.of(Expr.cos(t).negate());
            case COS -> Optional.of(Expr.sin(t));
            case SINH -> Optional.of(Expr.apply(Elementary.COSH, t));
            case COSH -> Optional.of(Expr.apply(Elementary.SINH, t));
            case TANH -> Optional.of(Expr.log(Expr.apply(Elementary.COSH, t)));
            case ATAN ->
                Optional.of(t.times(a)
                        .minus(Expr.HALF.times(Expr.log(Expr.ONE.plus(t.pow(2))))));
            case ERF ->
                Optional.of(t.times(a).plus(Expr.exp(t.pow(2).negate()).times(Expr.power(Expr.PI, Expr.ratio(-1, 2)))));
            case ABS -> Optional.of(Expr.product(Expr.HALF, t, a));
            case SIGN -> Optional.of(Expr.apply(Elementary.ABS, t));
            case TAN, MIN, MAX, EXPM1, LOG1P -> Optional.empty();
        };
    }

    /** ∫ exp(−a t² + b t + c) by completing the square, for a number a > 0. */
    private static Optional<Expr> ofGaussian(Expr exponent, Symbol t) {
        Optional<Polynomial> quadratic = Polynomial.of(exponent, t).filter(p -> p.degree() == 2);
        if (quadratic.isEmpty()) {
            return Optional.empty();
        }
        Expr a = quadratic.get().coefficient(2).negate();
        Expr b = quadratic.get().coefficient(1);
        if (!Sign.isPositive(a, Assumptions.NONE)) {
            return Optional.empty();
        }
        Expr root = Expr.sqrt(a);
        Expr height = Expr.exp(quadratic.get().coefficient(0).plus(b.pow(2).over(a.times(Expr.of(4)))));
        Expr centred = root.times(t).minus(b.over(root.times(Expr.of(2))));
        return Optional.of(
                Expr.product(Expr.HALF, Expr.sqrt(Expr.PI), root.pow(-1), height, Expr.apply(Elementary.ERF, centred)));
    }

    /** sin²(u) → ½ − ½ cos(2u), cos²(u) → ½ + ½ cos(2u), sin(u) cos(u) → ½ sin(2u); empty where nothing changes. */
    static Optional<Expr> reducedSquares(Expr e, Symbol t) {
        List<Expr> factors = new ArrayList<>(Term.factorsOf(e));
        for (Expr factor : Term.factorsOf(e)) {
            if (factor instanceof Power(Apply a, Num n) && n.value().equals(Rational.of(2)) && !a.isFreeOf(t)) {
                int sign = a.function() == Elementary.SIN ? -1 : a.function() == Elementary.COS ? 1 : 0;
                if (sign != 0) {
                    Expr doubled = Expr.cos(a.argument().times(Expr.of(2)));
                    factors.remove(factor);
                    factors.add(Expr.HALF.plus(doubled.times(Expr.ratio(sign, 2))));
                    return Optional.of(Expr.product(factors));
                }
            }
            if (factor instanceof Apply a
                    && a.function() == Elementary.SIN
                    && factors.contains(Expr.cos(a.argument()))) {
                factors.remove(factor);
                factors.remove(Expr.cos(a.argument()));
                factors.add(Expr.HALF.times(Expr.sin(a.argument().times(Expr.of(2)))));
                return Optional.of(Expr.product(factors));
            }
        }
        return Optional.empty();
    }
}
