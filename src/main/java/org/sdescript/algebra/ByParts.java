package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Symbol;

/** ∫ p h(at + b) = p h₁ − p′ h₂ + p″ h₃ − …, which ends for a polynomial p; hₖ integrates h k times, h one of exp, sin, cos. */
final class ByParts {
    private ByParts() {}

    static Optional<Expr> of(Expr polynomial, Expr kernel, Symbol t) {
        if (!(kernel instanceof Apply a) || !isRepeating(a.function())) {
            return Optional.empty();
        }
        Optional<Polynomial> line = Polynomial.of(a.argument(), t).filter(p -> p.degree() == 1);
        if (line.isEmpty()) {
            return Optional.empty();
        }
        Expr slope = line.get().coefficient(1);
        List<Expr> terms = new ArrayList<>();
        Expr derivative = polynomial;
        Repeated integral = new Repeated(Expr.ONE, a);
        for (int sign = 1; !derivative.isZero(); sign = -sign) {
            integral = integral.integrated(slope);
            terms.add(Expr.product(Expr.of(sign), derivative, integral.factor(), integral.function()));
            derivative = Derivative.of(derivative, t);
        }
        return Optional.of(Expr.sum(terms));
    }

    /** ∫ exp(at + b) sin(ct + d) = exp(at + b) (a sin(ct + d) − c cos(ct + d))/(a² + c²), where it comes back to itself; so cos. */
    static Optional<Expr> cyclic(Expr kernel, Symbol t) {
        List<Expr> factors = Term.factorsOf(kernel);
        Optional<Apply> exponential = only(factors, true);
        Optional<Apply> wave = only(factors, false);
        if (factors.size() != 2 || exponential.isEmpty() || wave.isEmpty()) {
            return Optional.empty();
        }
        Expr a = Derivative.of(exponential.get().argument(), t);
        Expr c = Derivative.of(wave.get().argument(), t);
        if (!a.isFreeOf(t) || !c.isFreeOf(t)) {
            return Optional.empty();
        }
        Expr turned = a.times(wave.get()).minus(Derivative.of(wave.get(), t));
        return Optional.of(
                Expr.product(exponential.get(), turned, a.pow(2).plus(c.pow(2)).pow(-1)));
    }

    private static Optional<Apply> only(List<Expr> factors, boolean exponential) {
        for (Expr factor : factors) {
            if (factor instanceof Apply a
                    && isRepeating(a.function())
                    && exponential == (a.function() == Elementary.EXP)) {
                return Optional.of(a);
            }
        }
        return Optional.empty();
    }

    private static boolean isRepeating(Elementary function) {
        return function == Elementary.EXP || function == Elementary.SIN || function == Elementary.COS;
    }

    private record Repeated(Expr factor, Apply function) {
        Repeated integrated(Expr slope) {
            Expr next = factor.over(slope);
            return switch (function.function()) {
                case EXP -> new Repeated(next, function);
                case SIN -> new Repeated(next.negate(), new Apply(Elementary.COS, function.argument()));
                case COS -> new Repeated(next, new Apply(Elementary.SIN, function.argument()));
                case LOG, TAN, SINH, COSH, TANH, ATAN, ERF, ABS, SIGN, MIN, MAX, EXPM1, LOG1P ->
                    throw new IllegalArgumentException(function.function().spelling());
            };
        }
    }
}
