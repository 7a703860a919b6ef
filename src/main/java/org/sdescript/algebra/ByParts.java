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
                case LOG, TAN, SINH, COSH, TANH, ERF, ABS, SIGN, MIN, MAX, EXPM1, LOG1P ->
                    throw new IllegalArgumentException(function.function().spelling());
            };
        }
    }
}
