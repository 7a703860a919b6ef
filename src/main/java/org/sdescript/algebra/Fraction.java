package org.sdescript.algebra;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;

/**
 * A product as it is printed: the factors above and below the fraction bar, roots merged under one sign, sin/cos as
 * tan.
 */
record Fraction(Rational coefficient, List<Expr> above, List<Expr> below) {
    static Fraction of(Rational coefficient, Expr rest) {
        List<Expr> above = new ArrayList<>();
        List<Expr> below = new ArrayList<>();
        List<Expr> rootsAbove = new ArrayList<>();
        List<Expr> rootsBelow = new ArrayList<>();
        for (Expr factor : Term.factorsOf(rest)) {
            if (factor instanceof Power(Expr base, Num n) && n.value().abs().equals(Rational.HALF)) {
                (n.value().signum() > 0 ? rootsAbove : rootsBelow).add(base);
            } else if (factor instanceof Power(Expr base, Num n) && n.value().signum() < 0) {
                below.add(
                        n.value().equals(Rational.MINUS_ONE)
                                ? base
                                : new Power(base, Expr.of(n.value().negate())));
            } else {
                above.add(factor);
            }
        }
        if (!rootsAbove.isEmpty()) {
            splitHalves(above, rootsAbove);
        }
        joinTangents(above, below);
        Rational front = gatherRoot(coefficient, rootsAbove, above);
        gatherRoot(Rational.ONE, rootsBelow, below);
        boolean stroke = above.isEmpty() && !below.isEmpty() && !front.isInteger() && RationalText.isVulgar(front);
        if (stroke) {
            below.addFirst(Expr.of(new Rational(front.denominator(), BigInteger.ONE)));
            front = new Rational(front.numerator(), BigInteger.ONE);
        }
        return new Fraction(front, above, below);
    }

    /** Splits t^(3/2) beside another root into t times a root. */
    private static void splitHalves(List<Expr> above, List<Expr> roots) {
        for (Expr factor : List.copyOf(above)) {
            if (factor instanceof Power(Expr base, Num n)
                    && n.value().signum() > 0
                    && n.value().denominator().equals(BigInteger.TWO)) {
                above.set(
                        above.indexOf(factor),
                        Expr.power(base, Expr.of(n.value()).minus(Expr.HALF)));
                roots.add(base);
            }
        }
    }

    /** Adds the merged root to the factors, and returns the remaining coefficient. */
    private static Rational gatherRoot(Rational coefficient, List<Expr> bases, List<Expr> into) {
        if (bases.isEmpty()) {
            return coefficient;
        }
        Expr radicand = Expr.product(bases);
        boolean scaled = bases.stream().anyMatch(b -> b instanceof Num);
        boolean readable = bases.size() == 1 && RationalText.isVulgar(coefficient);
        if (scaled && !readable && !coefficient.isInteger() && RationalText.isDecimal(coefficient)) {
            into.add(new Power(radicand.times(Expr.of(coefficient.pow(2))), Expr.HALF));
            return Rational.ONE;
        }
        into.add(new Power(radicand, Expr.HALF));
        return coefficient;
    }

    private static void joinTangents(List<Expr> above, List<Expr> below) {
        for (Expr factor : List.copyOf(above)) {
            if (factor instanceof Apply a && a.function() == Elementary.SIN && below.remove(Expr.cos(a.argument()))) {
                above.set(above.indexOf(factor), new Apply(Elementary.TAN, a.argument()));
            }
        }
    }
}
