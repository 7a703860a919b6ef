package org.sdescript.runtime;

import org.sdescript.ast.TextFormat;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/** Formats a value by the specification after the colon in {@code "{e:.3f}"}, as Python does. */
final class ValueFormat {
    private ValueFormat() {}

    static String value(Value value, String format, Span span) {
        if (format.isEmpty()) {
            return ValueText.print(value);
        }
        TextFormat form = TextFormat.read(format)
                .orElseThrow(() -> Diagnostic.error("E0432", span, "`" + format + "` is not a format")
                        .raise());
        boolean asNumber = form.isNumeric() || value instanceof Value.Num || isNumber(value, form);
        return asNumber && form.type() != 's'
                ? number(Coercion.number(value, "a value with the format `" + format + "`", span), form, format, span)
                : text(value, form);
    }

    /**
     * True if a precision is given and the value is not a text: a value of one number is then formatted as a number.
     */
    private static boolean isNumber(Value value, TextFormat form) {
        return form.precision().isPresent() && !(value instanceof Value.Text);
    }

    private static String text(Value value, TextFormat form) {
        String text = ValueText.print(value);
        int most = form.precision().orElse(Integer.MAX_VALUE);
        String cut = text.codePointCount(0, text.length()) > most
                ? text.substring(0, text.offsetByCodePoints(0, most))
                : text;
        return padded("", cut, form, '<');
    }

    private static String number(double number, TextFormat form, String format, Span span) {
        boolean negative = number < 0 || number == 0 && 1 / number < 0 && form.type() != 'd' && form.type() != ' ';
        String sign = negative ? "-" : form.sign() == '-' ? "" : String.valueOf(form.sign());
        double size = Math.abs(number);
        if (!Double.isFinite(number)) {
            return padded(sign, ValueText.number(size), form, '>');
        }
        if (form.type() == 'd') {
            Coercion.integer(Value.number(number % 1), "a value with the format `" + format + "`", span);
        }
        return padded(sign, grouped(digits(size, form), form.separator()), form, '>');
    }

    private static String digits(double size, TextFormat form) {
        int precision = form.precision().orElse(6);
        return switch (form.type()) {
            case 'd' -> PrintfNumbers.fixed(size, 0);
            case 'f', 'F' -> PrintfNumbers.fixed(size, precision);
            case '%' -> PrintfNumbers.fixed(100 * size, precision) + "%";
            case 'e' -> PrintfNumbers.scientific(size, precision);
            case 'E' -> PrintfNumbers.scientific(size, precision).toUpperCase(java.util.Locale.ROOT);
            case 'g' -> PrintfNumbers.general(size, precision);
            case 'G' -> PrintfNumbers.general(size, precision).toUpperCase(java.util.Locale.ROOT);
            default -> form.precision().isPresent() ? PrintfNumbers.general(size, precision) : ValueText.number(size);
        };
    }

    /** Inserts a separator before each group of three digits, counted from the decimal point. */
    private static String grouped(String digits, String separator) {
        if (separator.isEmpty()) {
            return digits;
        }
        int end = 0;
        while (end < digits.length() && Character.isDigit(digits.charAt(end))) {
            end++;
        }
        return digits.substring(0, end).replaceAll("(?<=\\d)(?=(\\d{3})+$)", separator) + digits.substring(end);
    }

    private static String padded(String sign, String text, TextFormat form, char usual) {
        int missing = Math.max(0, form.width() - sign.length() - text.codePointCount(0, text.length()));
        String fill = Character.toString(form.fill());
        return switch (form.align() == ' ' ? usual : form.align()) {
            case '=' -> sign + fill.repeat(missing) + text;
            case '<' -> sign + text + fill.repeat(missing);
            case '^' -> fill.repeat(missing / 2) + sign + text + fill.repeat(missing - missing / 2);
            default -> fill.repeat(missing) + sign + text;
        };
    }
}
