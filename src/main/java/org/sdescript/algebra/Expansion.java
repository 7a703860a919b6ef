package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Product;
import org.sdescript.algebra.Expr.Sum;

/** Multiplies out products of sums and whole powers of sums, everywhere in an expression. */
public final class Expansion {
    /** (a + b + …)^n is multiplied out up to this n; for a larger n the power is the better form. */
    private static final int LARGEST_POWER = 12;

    private static final int MOST_TERMS = 2000;

    private Expansion() {}

    public static Expr of(Expr e) {
        return multiplyOut(e.mapChildren(Expansion::of));
    }

    private static Expr multiplyOut(Expr e) {
        return switch (e) {
            case Product(List<Expr> factors) -> {
                Expr product = Expr.ONE;
                for (Expr factor : factors) {
                    product = times(product, multiplyOut(factor));
                }
                yield product;
            }
            case Power(Sum sum, Num n)
            when n.value().isSmallInteger()
                    && n.value().intValue() > 1
                    && n.value().intValue() <= LARGEST_POWER -> {
                Expr product = sum;
                for (int i = 1; i < n.value().intValue(); i++) {
                    product = times(product, sum);
                }
                yield product;
            }
            case Expr other -> other;
        };
    }

    private static Expr times(Expr a, Expr b) {
        if (!(a instanceof Sum) && !(b instanceof Sum)) {
            return a.times(b);
        }
        List<Expr> left = Term.termsOf(a);
        List<Expr> right = Term.termsOf(b);
        if (left.size() * right.size() > MOST_TERMS) {
            return a.times(b);
        }
        List<Expr> terms = new ArrayList<>();
        for (Expr x : left) {
            for (Expr y : right) {
                terms.add(x.times(y));
            }
        }
        return Expr.sum(terms);
    }
}
