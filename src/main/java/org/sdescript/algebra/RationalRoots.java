package org.sdescript.algebra;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;

/** Fractional powers of rationals with every rational factor taken out: √12 is 2 √3, √(1/2) is ½ √2, 8^(2/3) is 4. */
public final class RationalRoots {
    private static final int LARGEST_FACTOR = 1000;
    private static final int LARGEST_WHOLE_PART = 4096;

    private RationalRoots() {}

    static Expr of(Rational base, Rational exponent) {
        BigInteger whole = exponent.floor();
        boolean tooLarge = whole.abs().compareTo(BigInteger.valueOf(LARGEST_WHOLE_PART)) > 0;
        if (base.signum() < 0 || tooLarge || !base.isWritable(whole.intValueExact())) {
            return new Power(new Num(base), new Num(exponent));
        }
        Rational outside = base.pow(whole.intValueExact());
        Rational rest = exponent.minus(new Rational(whole, BigInteger.ONE));
        Expr root = fraction(base, rest);
        return outside.isOne() ? root : Expr.product(new Num(outside), root);
    }

    /** Returns base^exponent for an exponent between 0 and 1. */
    private static Expr fraction(Rational base, Rational exponent) {
        int degree =
                exponent.denominator().bitLength() < 8 ? exponent.denominator().intValue() : 0;
        if (degree == 2) {
            return squareRoot(base);
        }
        BigInteger p = degree == 0 ? null : exactRoot(base.numerator(), degree);
        BigInteger q = degree == 0 ? null : exactRoot(base.denominator(), degree);
        return p != null && q != null
                ? new Num(new Rational(p, q).pow(exponent.numerator().intValueExact()))
                : new Power(new Num(base), new Num(exponent));
    }

    private static Expr squareRoot(Rational base) {
        BigInteger inside = base.numerator().multiply(base.denominator());
        BigInteger outside = BigInteger.ONE;
        for (int f = 2; f <= Math.min(LARGEST_FACTOR, largest(inside)); f++) {
            BigInteger square = BigInteger.valueOf((long) f * f);
            BigInteger[] divided = inside.divideAndRemainder(square);
            while (divided[1].signum() == 0) {
                inside = divided[0];
                outside = outside.multiply(BigInteger.valueOf(f));
                divided = inside.divideAndRemainder(square);
            }
        }
        BigInteger root = exactRoot(inside, 2);
        if (root != null) {
            return new Num(new Rational(outside.multiply(root), base.denominator()));
        }
        Expr radical = new Power(new Num(new Rational(inside, BigInteger.ONE)), Expr.HALF);
        return new Term(new Rational(outside, base.denominator()), radical).toExpr();
    }

    /**
     * Returns the largest factor to test: the square of a larger one exceeds the number, or the search would take too
     * long.
     */
    private static long largest(BigInteger number) {
        return number.bitLength() < 40 ? (long) Math.sqrt(number.doubleValue()) : LARGEST_FACTOR;
    }

    /** Returns the whole root of the given degree, or null if there is none. */
    public static @Nullable BigInteger exactRoot(BigInteger value, int degree) {
        if (degree == 2) {
            BigInteger[] root = value.sqrtAndRemainder();
            return root[1].signum() == 0 ? root[0] : null;
        }
        BigInteger low = BigInteger.ZERO;
        BigInteger high = BigInteger.ONE.shiftLeft(value.bitLength() / degree + 1);
        while (low.compareTo(high) < 0) {
            BigInteger middle = low.add(high).add(BigInteger.ONE).shiftRight(1);
            if (middle.pow(degree).compareTo(value) <= 0) {
                low = middle;
            } else {
                high = middle.subtract(BigInteger.ONE);
            }
        }
        return low.pow(degree).equals(value) ? low : null;
    }

    /** Returns the largest k with value = r^k for a whole r; 1 if there is none. */
    public static int perfectPower(BigInteger value) {
        for (int degree = Math.min(value.bitLength(), 64); degree > 1; degree--) {
            if (exactRoot(value, degree) != null) {
                return degree;
            }
        }
        return 1;
    }
}
