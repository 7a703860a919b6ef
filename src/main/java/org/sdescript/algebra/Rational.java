package org.sdescript.algebra;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** An exact fraction in lowest terms with a positive denominator. */
public record Rational(BigInteger numerator, BigInteger denominator) implements Comparable<Rational> {
    public static final Rational ZERO = of(0);
    public static final Rational ONE = of(1);
    public static final Rational MINUS_ONE = of(-1);
    public static final Rational HALF = of(1, 2);

    /** Doubles with at least this many digits are read as a small fraction if one gives the same double. */
    private static final int LONG_DECIMAL = 14;

    private static final int LARGEST_DENOMINATOR = 1000;
    private static final double LARGEST_NUMERATOR = 1e6;

    private static final int MOST_BITS = 1 << 14;

    public Rational {
        if (denominator.signum() == 0) {
            throw new Undefined("division by zero");
        }
        if (denominator.signum() < 0) {
            numerator = numerator.negate();
            denominator = denominator.negate();
        }
        // most numbers in formulas are whole
        if (!denominator.equals(BigInteger.ONE)) {
            BigInteger common = numerator.gcd(denominator);
            if (!common.equals(BigInteger.ONE)) {
                numerator = numerator.divide(common);
                denominator = denominator.divide(common);
            }
        }
    }

    public static Rational of(long value) {
        return new Rational(BigInteger.valueOf(value), BigInteger.ONE);
    }

    public static Rational of(long numerator, long denominator) {
        return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    /**
     * Returns the shortest decimal that reads back as this double or, if that is long, a fraction with a small
     * denominator that does (1/3, 2/7). Either way {@link #doubleValue} gives the same double.
     */
    public static Rational of(double value) {
        if (!Double.isFinite(value)) {
            throw new Undefined(value + " is not a rational number");
        }
        BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (shortest.precision() >= LONG_DECIMAL) {
            for (long q = 2; q <= LARGEST_DENOMINATOR; q++) {
                double p = Math.rint(value * q);
                if (p != 0 && Math.abs(p) <= LARGEST_NUMERATOR && p / q == value) {
                    return of((long) p, q);
                }
            }
        }
        return of(shortest);
    }

    /** Returns the exact value of a decimal. */
    public static Rational of(BigDecimal decimal) {
        return decimal.scale() > 0
                ? new Rational(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()))
                : new Rational(decimal.toBigIntegerExact(), BigInteger.ONE);
    }

    public Rational plus(Rational other) {
        return new Rational(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    public Rational minus(Rational other) {
        return plus(other.negate());
    }

    public Rational times(Rational other) {
        return new Rational(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    public Rational over(Rational other) {
        return times(other.reciprocal());
    }

    public Rational reciprocal() {
        return new Rational(denominator, numerator);
    }

    public Rational negate() {
        return new Rational(numerator.negate(), denominator);
    }

    public Rational abs() {
        return signum() < 0 ? negate() : this;
    }

    public Rational pow(int exponent) {
        return exponent >= 0
                ? new Rational(numerator.pow(exponent), denominator.pow(exponent))
                : reciprocal().pow(-exponent);
    }

    /** True if the power has at most some thousands of digits, which formulas can carry. */
    boolean isWritable(int exponent) {
        long bits = Math.max(numerator.bitLength(), denominator.bitLength());
        return bits * Math.abs((long) exponent) <= MOST_BITS;
    }

    public BigInteger floor() {
        BigInteger[] parts = numerator.divideAndRemainder(denominator);
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    /** Returns the largest g > 0 of which both are whole multiples; zero counts as a multiple of everything. */
    public Rational gcd(Rational other) {
        return new Rational(
                numerator.multiply(other.denominator).gcd(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    public int signum() {
        return numerator.signum();
    }

    public boolean isZero() {
        return signum() == 0;
    }

    public boolean isOne() {
        return equals(ONE);
    }

    public boolean isInteger() {
        return denominator.equals(BigInteger.ONE);
    }

    public boolean isEven() {
        return isInteger() && !numerator.testBit(0);
    }

    /** True for a whole number below 2¹⁵ in size, small enough for loops and exponents. */
    public boolean isSmallInteger() {
        return isInteger() && numerator.bitLength() < 16;
    }

    public int intValue() {
        return numerator.intValueExact();
    }

    public double doubleValue() {
        if (numerator.bitLength() <= 53 && denominator.bitLength() <= 53) {
            return numerator.doubleValue() / denominator.doubleValue();
        }
        return new BigDecimal(numerator)
                .divide(new BigDecimal(denominator), new MathContext(60))
                .doubleValue();
    }

    @Override
    public int compareTo(Rational other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    @Override
    public String toString() {
        return isInteger() ? numerator.toString() : numerator + "/" + denominator;
    }
}
