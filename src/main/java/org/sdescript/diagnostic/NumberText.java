package org.sdescript.diagnostic;

import java.math.BigDecimal;
import java.math.MathContext;

/** Writes numbers in the notation of scripts, their output and error messages. */
public final class NumberText {
    private static final double LARGEST_PLAIN = 1e16;
    private static final double SMALLEST_PLAIN = 1e-4;

    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private NumberText() {}

    /** The shortest decimal that reads back as the same double; whole numbers without a point. */
    public static String of(double value) {
        return decimal(value, Double.toString(value));
    }

    /** The shortest decimal that reads back as the same float32. */
    public static String of(float value) {
        return decimal(value, Float.toString(value));
    }

    /** A measured number, such as a loss, with four digits: the text that progress, tables of runs and notes share. */
    public static String rounded(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value).round(FOUR_DIGITS).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }

    private static String decimal(double value, String shortest) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        double size = Math.abs(value);
        if (size != 0 && (size >= LARGEST_PLAIN || size < SMALLEST_PLAIN)) {
            return shortest.replace("E", "e").replace(".0e", "e");
        }
        String plain = new BigDecimal(shortest).stripTrailingZeros().toPlainString();
        return value == 0 ? "0" : plain;
    }
}
