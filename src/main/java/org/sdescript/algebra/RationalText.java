package org.sdescript.algebra;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;

/** Text of rationals: 3, ½, 4.975, 3/7. */
final class RationalText {
    private static final int LONGEST_DECIMAL = 12;

    /**
     * Digits that identify a double uniquely: a number that looks like a shorter one is printed with up to this many.
     */
    private static final int LONGEST_TYPED = 17;

    private static final int SHOWN_DIGITS = 6;

    /** Digits shown after the misleading ones of a number that looks like a shorter one, such as 2.00000…. */
    private static final int TELLING_DIGITS = 2;

    private static final int MOST_SHOWN_DIGITS = 40;
    private static final BigInteger LARGEST_PART = BigInteger.valueOf(10_000);

    /** Fractions with a character of their own; fifths and tenths are written as decimals. */
    private static final Map<String, String> VULGAR = Map.ofEntries(
            Map.entry("1/2", "½"),
            Map.entry("1/3", "⅓"),
            Map.entry("2/3", "⅔"),
            Map.entry("1/4", "¼"),
            Map.entry("3/4", "¾"),
            Map.entry("1/6", "⅙"),
            Map.entry("5/6", "⅚"),
            Map.entry("1/7", "⅐"),
            Map.entry("1/8", "⅛"),
            Map.entry("3/8", "⅜"),
            Map.entry("5/8", "⅝"),
            Map.entry("7/8", "⅞"),
            Map.entry("1/9", "⅑"));

    private RationalText() {}

    /** Returns a number without sign, as a coefficient or a term. */
    static String coefficient(Rational q) {
        String vulgar = VULGAR.get(q.toString());
        return vulgar == null ? plain(q) : vulgar;
    }

    static boolean isVulgar(Rational q) {
        return VULGAR.containsKey(q.toString());
    }

    /** True if the number is a finite decimal. */
    static boolean isDecimal(Rational q) {
        return isDecimal(q.denominator());
    }

    /** Returns a number by itself, without sign. */
    static String plain(Rational q) {
        if (q.isInteger()) {
            return q.toString();
        }
        if (!isDecimal(q.denominator())) {
            boolean small =
                    q.numerator().compareTo(LARGEST_PART) < 0 && q.denominator().compareTo(LARGEST_PART) < 0;
            return small ? q.toString() : rounded(q);
        }
        BigDecimal exact = new BigDecimal(q.numerator()).divide(new BigDecimal(q.denominator()));
        boolean tiny = q.compareTo(Rational.of(1, 100_000)) < 0;
        int length = exact.stripTrailingZeros().precision();
        if (length > LONGEST_DECIMAL && !(length <= LONGEST_TYPED && looksShorter(q))) {
            return rounded(q);
        }
        return tiny ? exact.stripTrailingZeros().toString().replace("E-", "e−") : exact.toPlainString();
    }

    /**
     * Returns the first digits and an ellipsis, for a number too long to read; more digits where the first look like a
     * shorter number.
     */
    private static String rounded(Rational q) {
        BigDecimal digits = digits(q, SHOWN_DIGITS);
        if (looksShorter(q)) {
            BigDecimal round = round(q);
            BigDecimal apart = new BigDecimal(q.numerator())
                    .divide(new BigDecimal(q.denominator()), new MathContext(MOST_SHOWN_DIGITS))
                    .subtract(round);
            int places = round.precision() - round.scale() - (apart.precision() - apart.scale());
            digits = digits(q, Math.clamp(places + TELLING_DIGITS, SHOWN_DIGITS, MOST_SHOWN_DIGITS));
        }
        return digits.toString().replace("E-", "e−") + "…";
    }

    private static BigDecimal digits(Rational q, int count) {
        return new BigDecimal(q.numerator())
                .divide(new BigDecimal(q.denominator()), new MathContext(count, RoundingMode.DOWN));
    }

    /** True for 2.00000…, 0.250000… and 1.99999…. */
    private static boolean looksShorter(Rational q) {
        return round(q).stripTrailingZeros().precision() < SHOWN_DIGITS - 1;
    }

    private static BigDecimal round(Rational q) {
        return new BigDecimal(q.numerator())
                .divide(new BigDecimal(q.denominator()), new MathContext(SHOWN_DIGITS, RoundingMode.HALF_EVEN));
    }

    private static boolean isDecimal(BigInteger denominator) {
        BigInteger rest = denominator;
        for (BigInteger prime : new BigInteger[] {BigInteger.TWO, BigInteger.valueOf(5)}) {
            while (rest.mod(prime).signum() == 0) {
                rest = rest.divide(prime);
            }
        }
        return rest.equals(BigInteger.ONE);
    }
}
