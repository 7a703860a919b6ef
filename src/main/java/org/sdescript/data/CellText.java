package org.sdescript.data;

import java.util.Locale;
import java.util.Set;

/** Reads one cell: a number, a sign that there is none, or text. */
final class CellText {
    private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "none", "?");

    private CellText() {}

    static boolean isMissing(String text) {
        return text.length() <= 4 && MISSING.contains(text.toLowerCase(Locale.ROOT));
    }

    /**
     * The number in {@code text}, or NaN where there is none that is finite.
     *
     * @param decimalComma whether {@code 1,5} is a number, as in files that separate cells with semicolons
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

    /** Java would also take {@code 1d}, {@code 0x1p3} and {@code Infinity}. */
    private static boolean isDecimal(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE".indexOf(c) >= 0);
    }
}
