package org.sdescript.runtime;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Formats numbers with a fixed number of digits, as C's printf: the exact value of the double is rounded half to
 * even.
 */
final class PrintfNumbers {
    private static final int LEAST_PLAIN_EXPONENT = -4;

    private PrintfNumbers() {}

    /** Formats as {@code %.2f}: 3.14. */
    static String fixed(double size, int decimals) {
        return new BigDecimal(size).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** Formats as {@code %.2e}: 3.14e+00. */
    static String scientific(double size, int decimals) {
        BigDecimal rounded = significant(size, decimals + 1);
        int exponent = exponent(rounded);
        return fixedDecimal(rounded.movePointLeft(exponent), decimals) + exponentText(exponent);
    }

    /**
     * Formats as {@code %.3g}: significant digits without trailing zeros, with an exponent for very large and very
     * small numbers.
     */
    static String general(double size, int digits) {
        int most = Math.max(1, digits);
        BigDecimal rounded = significant(size, most);
        int exponent = exponent(rounded);
        return exponent < LEAST_PLAIN_EXPONENT || exponent >= most
                ? withoutZeros(rounded.movePointLeft(exponent)) + exponentText(exponent)
                : withoutZeros(rounded);
    }

    private static BigDecimal significant(double size, int digits) {
        return new BigDecimal(size).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    }

    private static int exponent(BigDecimal number) {
        return number.signum() == 0 ? 0 : number.precision() - number.scale() - 1;
    }

    private static String exponentText(int exponent) {
        int size = Math.abs(exponent);
        return (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
    }

    private static String fixedDecimal(BigDecimal number, int decimals) {
        return number.setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String withoutZeros(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
