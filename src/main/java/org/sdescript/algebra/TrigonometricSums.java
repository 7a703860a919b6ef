package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;

/**
 * Products and powers of sines and cosines as sums: sin u cos v → ½ sin(u + v) + ½ sin(u − v). Every trigonometric
 * polynomial has one such form, which is integrated term by term.
 */
final class TrigonometricSums {
    private static final int LARGEST_POWER = 12;

    private TrigonometricSums() {}

    /**
     * Rewrites an expression that is multiplied out; sines and cosines in denominators or in functions are left alone.
     */
    static Expr inSum(Expr e) {
        List<Expr> terms = new ArrayList<>();
        for (Expr term : Term.termsOf(e)) {
            terms.add(ofTerm(term));
        }
        return Expr.sum(terms);
    }

    private static Expr ofTerm(Expr term) {
        List<Apply> waves = new ArrayList<>();
        List<Expr> others = new ArrayList<>();
        for (Expr factor : Term.factorsOf(term)) {
            int count = waves(factor);
            if (count == 0) {
                others.add(factor);
            }
            for (int i = 0; i < count; i++) {
                waves.add(factor instanceof Power(Apply a, Expr n) ? a : (Apply) factor);
            }
        }
        if (waves.size() < 2) {
            return term;
        }
        Expr total = waves.getFirst();
        for (Apply wave : waves.subList(1, waves.size())) {
            List<Expr> products = new ArrayList<>();
            for (Expr each : Term.termsOf(total)) {
                products.add(times(each, wave));
            }
            total = Expr.sum(products);
        }
        List<Expr> terms = new ArrayList<>();
        for (Expr each : Term.termsOf(total)) {
            terms.add(Expr.product(others).times(each));
        }
        return Expr.sum(terms);
    }

    private static int waves(Expr factor) {
        return switch (factor) {
            case Apply a when isWave(a) -> 1;
            case Power(Apply a, Num n)
            when isWave(a)
                    && n.value().isSmallInteger()
                    && n.value().intValue() > 1
                    && n.value().intValue() <= LARGEST_POWER -> n.value().intValue();
            case Expr other -> 0;
        };
    }

    private static boolean isWave(Apply a) {
        return a.function() == Elementary.SIN || a.function() == Elementary.COS;
    }

    /** Returns the product of c · wave and another wave as a sum. */
    private static Expr times(Expr term, Apply right) {
        Term split = Term.of(term);
        if (!(split.rest() instanceof Apply left)) {
            return term.times(right);
        }
        Expr sum = left.argument().plus(right.argument());
        Expr difference = left.argument().minus(right.argument());
        boolean sine = left.function() == Elementary.SIN;
        Expr product = right.function() == Elementary.COS
                ? (sine
                        ? Expr.sin(sum).plus(Expr.sin(difference))
                        : Expr.cos(sum).plus(Expr.cos(difference)))
                : (sine
                        ? Expr.cos(difference).minus(Expr.cos(sum))
                        : Expr.sin(sum).minus(Expr.sin(difference)));
        return product.times(Expr.of(split.coefficient())).times(Expr.HALF);
    }
}
