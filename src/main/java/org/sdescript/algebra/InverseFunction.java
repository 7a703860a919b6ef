package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Product;
import org.sdescript.algebra.Expr.Sum;
import org.sdescript.algebra.Expr.Symbol;

/**
 * Solves f(x) = y for x by undoing one operation after the other: exp, log, tan, powers, products and sums with one part
 * that depends on x, quotients of lines, and quadratic polynomials. The solutions are candidates, of which the caller knows
 * the right one: roots have several branches.
 */
public final class InverseFunction {
    private final Symbol x;

    private InverseFunction(Symbol x) {
        this.x = x;
    }

    /** Returns candidates for x with f(x) = y; none if a step has no rule. */
    public static List<Expr> of(Expr f, Symbol x, Expr y) {
        try {
            return new InverseFunction(x).solved(f, y);
        } catch (ArithmeticException undefined) {
            return List.of();
        }
    }

    private List<Expr> solved(Expr f, Expr y) {
        List<Expr> found = new ArrayList<>(undone(f, y));
        if (found.isEmpty()) {
            found.addAll(ofQuadratic(f, y));
        }
        if (found.isEmpty()) {
            found.addAll(ofQuotient(f, y));
        }
        return found;
    }

    /** Undoes the outermost operation. */
    private List<Expr> undone(Expr f, Expr y) {
        if (f.equals(x)) {
            return List.of(y);
        }
        return switch (f) {
            case Sum(List<Expr> terms) ->
                dependent(terms).size() == 1
                        ? solved(dependent(terms).getFirst(), y.minus(Expr.sum(free(terms))))
                        : List.of();
            case Product(List<Expr> factors) ->
                dependent(factors).size() == 1
                        ? solved(dependent(factors).getFirst(), y.over(product(free(factors))))
                        : ofTangent(dependent(factors), y.over(product(free(factors))));
            case Power(Expr base, Expr exponent)
            when exponent.isFreeOf(x) -> solved(base, Expr.power(y, Expr.ONE.over(exponent)));
            case Power(Expr base, Expr exponent)
            when base.isFreeOf(x) -> solved(exponent, Expr.log(y).over(Expr.log(base)));
            case Apply exp when exp.function() == Elementary.EXP -> solved(exp.argument(), Expr.log(y));
            case Apply log when log.function() == Elementary.LOG -> solved(log.argument(), Expr.exp(y));
            case Apply tan
            when tan.function() == Elementary.TAN -> solved(tan.argument(), Expr.apply(Elementary.ATAN, y));
            default -> List.of();
        };
    }

    /** sin(u)ⁿ cos(u)⁻ⁿ = y is tan(u)ⁿ = y. */
    private List<Expr> ofTangent(List<Expr> factors, Expr y) {
        if (factors.size() != 2) {
            return List.of();
        }
        for (int sine = 0; sine < 2; sine++) {
            Expr u = argument(factors.get(sine), Elementary.SIN);
            int power = exponent(factors.get(sine));
            if (!u.isZero()
                    && u.equals(argument(factors.get(1 - sine), Elementary.COS))
                    && exponent(factors.get(1 - sine)) == -power) {
                return solved(u, Expr.apply(Elementary.ATAN, Expr.power(y, Expr.ratio(1, power))));
            }
        }
        return List.of();
    }

    /** Returns the argument of a function, or of a power of it; 0 for any other factor. */
    private static Expr argument(Expr factor, Elementary function) {
        Expr base = factor instanceof Power(Expr inner, Num n) && n.value().isInteger() ? inner : factor;
        return base instanceof Apply call && call.function() == function ? call.argument() : Expr.ZERO;
    }

    private static int exponent(Expr factor) {
        return factor instanceof Power(Expr base, Num n) ? n.value().numerator().intValue() : 1;
    }

    private List<Expr> ofQuadratic(Expr f, Expr y) {
        Expr second = Simplification.of(Derivative.of(Derivative.of(f, x), x));
        if (second.isZero() || !second.isFreeOf(x)) {
            return List.of();
        }
        Expr first = Simplification.of(Derivative.of(f, x).with(x, Expr.ZERO));
        Expr rest = f.with(x, Expr.ZERO).minus(y);
        Expr root = Expr.sqrt(first.pow(2).minus(Expr.product(Expr.of(2), second, rest)));
        return List.of(root.minus(first).over(second), first.plus(root).negate().over(second));
    }

    /** (n₁ x + n₀)ᵏ/(d₁ x + d₀)ᵏ = y. */
    private List<Expr> ofQuotient(Expr f, Expr y) {
        if (!(f instanceof Product(List<Expr> factors))) {
            return List.of();
        }
        for (Expr factor : dependent(factors)) {
            if (factor instanceof Power(Expr below, Num n) && n.value().signum() < 0) {
                Expr above = Simplification.of(
                        Expr.power(f.over(factor), Expr.of(n.value().negate().reciprocal())), Assumptions.positive(x));
                Expr d = Simplification.of(Derivative.of(below, x));
                Expr a = Simplification.of(Derivative.of(above, x));
                if (!d.isZero() && d.isFreeOf(x) && a.isFreeOf(x)) {
                    Expr level = Expr.power(y, Expr.of(n.value().negate().reciprocal()));
                    return List.of(level.times(below.with(x, Expr.ZERO))
                            .minus(above.with(x, Expr.ZERO))
                            .over(a.minus(level.times(d))));
                }
            }
        }
        return List.of();
    }

    private List<Expr> dependent(List<Expr> parts) {
        return parts.stream().filter(part -> !part.isFreeOf(x)).toList();
    }

    private List<Expr> free(List<Expr> parts) {
        return parts.stream().filter(part -> part.isFreeOf(x)).toList();
    }

    private static Expr product(List<Expr> factors) {
        return Expr.product(factors.toArray(Expr[]::new));
    }
}
