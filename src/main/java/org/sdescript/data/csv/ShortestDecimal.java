package org.sdescript.data.csv;

/** Formats a number as its shortest decimal that reads back the same. */
final class ShortestDecimal {
    /** Below 1e15 every whole number is an exact double and is written without an exponent. */
    private static final double WHOLE = 1e15;

    private ShortestDecimal() {}

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
