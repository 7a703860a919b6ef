package org.sdescript.data;

/** The shortest decimal that reads back as the same number. */
final class Decimal {
    /** Up to here every whole number is a double, and reads better without an exponent. */
    private static final double WHOLE = 1e15;

    private Decimal() {}

    static String text(double number) {
        if (number == Math.rint(number) && Math.abs(number) < WHOLE && !isNegativeZero(number)) {
            return String.valueOf((long) number);
        }
        return switch (Double.toString(number)) {
            case "NaN" -> "nan";
            case "Infinity" -> "inf";
            case "-Infinity" -> "-inf";
            case String finite -> finite;
        };
    }

    private static boolean isNegativeZero(double number) {
        return number == 0 && 1 / number < 0;
    }
}
