package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Product;
import org.sdescript.algebra.Expr.Sum;

/**
 * An expression as numerator over denominator, both multiplied out, with hyperbolic functions written in exponentials
 * and products of sines and cosines as sums. Two expressions are proved equal if the numerator of their difference
 * vanishes.
 */
record Quotient(Expr numerator, Map<Expr, Integer> denominator) {
    private static final int LARGEST_POWER = 12;
    private static final int MOST_ROUNDS = 4;

    /** True if algebra proves that the expression is zero wherever it is defined. */
    static boolean vanishes(Expr e) {
        Expr numerator = e;
        for (int i = 0; i < MOST_ROUNDS && !numerator.isZero(); i++) {
            Expr next = of(numerator).numerator();
            if (next.equals(numerator)) {
                return false;
            }
            numerator = next;
        }
        return numerator.isZero();
    }

    static Quotient of(Expr e) {
        return switch (e) {
            case Sum(List<Expr> terms) -> sum(terms.stream().map(Quotient::of).toList());
            case Product(List<Expr> factors) ->
                product(factors.stream().map(Quotient::of).toList());
            case Power(Expr base, Num n)
            when n.value().isSmallInteger() && Math.abs(n.value().intValue()) <= LARGEST_POWER ->
                power(of(base), n.value().intValue());
            case Apply a -> ofApplication(a);
            case Expr other -> new Quotient(other.mapChildren(Quotient::inside), Map.of());
        };
    }

    private static Quotient ofApplication(Apply a) {
        Expr u = inside(a.argument());
        Expr up = Expr.exp(u);
        Expr down = Expr.exp(u.negate());
        return switch (a.function()) {
            case SINH -> new Quotient(Expr.HALF.times(up).minus(Expr.HALF.times(down)), Map.of());
            case COSH -> new Quotient(Expr.HALF.times(up).plus(Expr.HALF.times(down)), Map.of());
            case TANH -> over(up.minus(down), up.plus(down));
            case EXP, LOG, SIN, COS, TAN, ATAN, ERF, ABS, SIGN, MIN, MAX, EXPM1, LOG1P ->
                new Quotient(a.mapChildren(Quotient::inside), Map.of());
        };
    }

    /** Returns the normal form of an argument, which is independent of the surrounding expression. */
    private static Expr inside(Expr e) {
        return of(e).toExpr();
    }

    private static Quotient over(Expr numerator, Expr denominator) {
        return new Quotient(numerator, Map.of(denominator, 1));
    }

    private static Quotient sum(List<Quotient> terms) {
        Map<Expr, Integer> common = new LinkedHashMap<>();
        for (Quotient term : terms) {
            term.denominator.forEach((base, n) -> common.merge(base, n, Math::max));
        }
        List<Expr> numerators = new ArrayList<>();
        for (Quotient term : terms) {
            List<Expr> factors = new ArrayList<>(List.of(term.numerator));
            common.forEach((base, n) -> factors.add(base.pow(n - term.denominator.getOrDefault(base, 0))));
            numerators.add(expanded(Expr.product(factors)));
        }
        return reduced(Expr.sum(numerators), common);
    }

    private static Quotient product(List<Quotient> factors) {
        Map<Expr, Integer> denominator = new LinkedHashMap<>();
        factors.forEach(factor -> factor.denominator.forEach((base, n) -> denominator.merge(base, n, Integer::sum)));
        return reduced(
                expanded(Expr.product(factors.stream().map(Quotient::numerator).toList())), denominator);
    }

    private static Quotient power(Quotient base, int n) {
        if (n < 0) {
            List<Expr> above = new ArrayList<>();
            base.denominator.forEach((factor, m) -> above.add(factor.pow((long) m * -n)));
            Map<Expr, Integer> below = new LinkedHashMap<>();
            for (Expr factor : Term.factorsOf(base.numerator)) {
                if (factor instanceof Power(Expr b, Num m)
                        && m.value().isSmallInteger()
                        && m.value().signum() > 0) {
                    below.merge(b, m.value().intValue() * -n, Integer::sum);
                } else if (isUnit(factor)) {
                    above.add(Expr.power(factor, Expr.of(n)));
                } else {
                    below.merge(factor, -n, Integer::sum);
                }
            }
            return reduced(expanded(Expr.product(above)), below);
        }
        Map<Expr, Integer> denominator = new LinkedHashMap<>();
        base.denominator.forEach((factor, m) -> denominator.put(factor, m * n));
        return reduced(expanded(base.numerator.pow(n)), denominator);
    }

    /** True for a factor that is moved to the numerator with the opposite exponent. */
    private static boolean isUnit(Expr factor) {
        return factor instanceof Num
                || factor instanceof Apply a && a.function() == Elementary.EXP
                || factor instanceof Power(Expr b, Expr n)
                        && !(n instanceof Num m && m.value().isInteger());
    }

    private static Quotient reduced(Expr numerator, Map<Expr, Integer> denominator) {
        return new Quotient(numerator, numerator.isZero() ? Map.of() : Map.copyOf(denominator));
    }

    private static Expr expanded(Expr e) {
        return TrigonometricSums.inSum(Expansion.of(e));
    }

    Expr toExpr() {
        List<Expr> factors = new ArrayList<>(List.of(numerator));
        denominator.forEach((base, n) -> factors.add(base.pow(-n)));
        return Expr.product(factors);
    }
}
