package org.sdescript.data.csv;

import java.util.Locale;
import java.util.Set;

/** Parses one cell: a number, a marker for a missing value, or text. */
final class CellText {
    private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "none", "?");

    private CellText() {}

    static boolean isMissing(String text) {
        return text.length() <= 4 && MISSING.contains(text.toLowerCase(Locale.ROOT));
    }

    /**
     * Returns the number in {@code text}, or NaN if the text is not a finite number.
     *
     * @param decimalComma true if {@code 1,5} is a number, as in files with semicolons between cells
     */
    static double number(String text, boolean decimalComma) {
        String decimal = decimalComma && text.indexOf('.') < 0 ? text.replace(',', '.') : text;
        if (!isDecimal(decimal)) {
            return Double.NaN;
        }
        try {
            double number = Double.parseDouble(decimal);
            return Double.isInfinite(number) ? Double.NaN : number;
        } catch (NumberFormatException malformed) {
            return Double.NaN;
        }
    }

    /** Restricts the characters, since Java also parses {@code 1d}, {@code 0x1p3} and {@code Infinity}. */
    private static boolean isDecimal(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE".indexOf(c) >= 0);
    }
}
