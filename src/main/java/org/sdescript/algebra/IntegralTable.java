package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Sum;
import org.sdescript.algebra.Expr.Symbol;

/** Antiderivatives of elementary functions of the plain variable. */
final class IntegralTable {
    private IntegralTable() {}

    static Optional<Expr> of(Expr kernel, Symbol t, Assumptions under) {
        return switch (kernel) {
            case Power(Symbol s, Expr n) when s.equals(t) && n.isFreeOf(t) -> Optional.of(ofPower(t, n));
            case Power(Sum base, Expr n)
            when n.isFreeOf(t) && Polynomial.line(base, t).isPresent() ->
                Optional.of(ofPower(base, n).over(Derivative.of(base, t)));
            case Power(Apply a, Num n)
            when a.argument().equals(t) && n.value().equals(Rational.of(-2)) -> ofInverseSquare(a);
            case Apply a when a.argument().equals(t) -> ofFunction(a, t);
            case Apply a when a.function() == Elementary.EXP -> ofGaussian(a.argument(), t, under);
            case Power(Expr q, Num n)
            when n.value().abs().equals(Rational.HALF) ->
                Polynomial.of(q, t)
                        .filter(p -> p.degree() == 2)
                        .flatMap(p -> n.value().signum() < 0 ? ofInverseRoot(p, under) : ofRoot(p, under));
            case Expr other -> Optional.empty();
        };
    }

    /** Integrates Σ c exp(a t + b), once multiplied out, term by term. */
    static Optional<Expr> ofExponentials(Expr e, Symbol t) {
        List<Expr> total = new ArrayList<>();
        for (Expr term : Term.termsOf(Expansion.of(e))) {
            List<Expr> moving = Term.factorsOf(term).stream()
                    .filter(factor -> !factor.isFreeOf(t))
                    .toList();
            Optional<Polynomial> line =
                    moving.size() == 1 && moving.getFirst() instanceof Apply a && a.function() == Elementary.EXP
                            ? Polynomial.line(a.argument(), t)
                            : Optional.empty();
            if (line.isEmpty()) {
                return Optional.empty();
            }
            total.add(term.over(line.get().coefficient(1)));
        }
        return Optional.of(Expansion.of(Expr.sum(total)));
    }

    private static Expr ofPower(Expr t, Expr n) {
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
            case ATAN -> Optional.of(t.times(a).minus(Expr.HALF.times(Expr.log(Expr.ONE.plus(t.pow(2))))));
            case ERF ->
                Optional.of(t.times(a).plus(Expr.exp(t.pow(2).negate()).times(Expr.power(Expr.PI, Expr.ratio(-1, 2)))));
            case ABS -> Optional.of(Expr.product(Expr.HALF, t, a));
            case SIGN -> Optional.of(Expr.apply(Elementary.ABS, t));
            case TAN, MIN, MAX, EXPM1, LOG1P -> Optional.empty();
        };
    }

    /** Integrates exp(−a t² + b t + c) by completing the square, for a > 0. */
    private static Optional<Expr> ofGaussian(Expr exponent, Symbol t, Assumptions under) {
        Optional<Polynomial> quadratic = Polynomial.of(exponent, t).filter(p -> p.degree() == 2);
        if (quadratic.isEmpty()) {
            return Optional.empty();
        }
        Expr a = quadratic.get().coefficient(2).negate();
        Expr b = quadratic.get().coefficient(1);
        if (!Sign.isPositive(a, under)) {
            return Optional.empty();
        }
        Expr root = Expr.sqrt(a);
        Expr height = Expr.exp(quadratic.get().coefficient(0).plus(b.pow(2).over(a.times(Expr.of(4)))));
        Expr centred = root.times(t).minus(b.over(root.times(Expr.of(2))));
        return Optional.of(
                Expr.product(Expr.HALF, Expr.sqrt(Expr.PI), root.pow(-1), height, Expr.apply(Elementary.ERF, centred)));
    }

    /** Integrates 1/√(at² + bt + c): a logarithm for positive a, an arctangent for negative a. */
    private static Optional<Expr> ofInverseRoot(Polynomial q, Assumptions under) {
        Expr a = q.coefficient(2);
        Expr slope = q.derivative().toExpr();
        Expr root = Expr.sqrt(q.toExpr());
        if (Sign.isPositive(a, under)) {
            Expr inside = Expr.product(Expr.of(2), Expr.sqrt(a), root).plus(slope);
            return Optional.of(Expr.log(Expr.apply(Elementary.ABS, inside)).over(Expr.sqrt(a)));
        }
        if (Sign.isPositive(a.negate(), under)) {
            Expr scale = Expr.sqrt(a.negate());
            Expr ratio = slope.over(Expr.product(Expr.of(2), scale, root));
            return Optional.of(Expr.apply(Elementary.ATAN, ratio).over(scale).negate());
        }
        return Optional.empty();
    }

    /** Returns ∫ √q = (2at + b)/(4a) √q + (4ac − b²)/(8a) ∫ 1/√q. */
    private static Optional<Expr> ofRoot(Polynomial q, Assumptions under) {
        Expr a = q.coefficient(2);
        Expr d = Expr.product(Expr.of(4), a, q.coefficient(0))
                .minus(q.coefficient(1).pow(2));
        Expr first = Expr.product(q.derivative().toExpr(), a.times(Expr.of(4)).pow(-1), Expr.sqrt(q.toExpr()));
        return ofInverseRoot(q, under)
                .map(inverse -> first.plus(Expr.product(d, a.times(Expr.of(8)).pow(-1), inverse)));
    }
}
