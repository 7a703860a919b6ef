package org.sdescript.runtime;

import java.util.IllegalFormatException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/** The part after the colon in {@code "{e:.3f}"}: width, precision and f, e, g, d or s, as in Python. */
final class Format {
    private static final Pattern FORM =
            Pattern.compile("([<>^]?)(\\+?)(0?)(\\d{0,3})(,?)(?:\\.(\\d{1,2}))?([fegds%]?)");

    private Format() {}

    static String value(Value value, String format, Span span) {
        if (format.isEmpty()) {
            return Show.print(value);
        }
        Matcher form = FORM.matcher(format);
        if (!form.matches()) {
            throw Diagnostic.error("E0432", span, "`" + format + "` is not a format")
                    .help("formats look like `.3f`, `8.2e`, `04d`, `>10`")
                    .raise();
        }
        String text = form.group(7).isEmpty() && form.group(6) == null
                        || form.group(7).equals("s")
                ? Show.print(value)
                : number(value, form, span);
        return padded(text, form, !(value instanceof Value.Text));
    }

    private static String number(Value value, Matcher form, Span span) {
        double number = Convert.number(value, "a value with the format `" + form.group() + "`", span);
        if (!Double.isFinite(number)) {
            return Show.number(number);
        }
        String plus = form.group(2);
        String group = form.group(5);
        String digits = form.group(6) == null ? "6" : form.group(6);
        try {
            return switch (form.group(7)) {
                case "d" ->
                    String.format(Locale.ROOT, "%" + plus + group + "d", (long)
                            Convert.integer(value, "a value with the format `" + form.group() + "`", span));
                case "e" -> String.format(Locale.ROOT, "%" + plus + "." + digits + "e", number);
                case "%" -> String.format(Locale.ROOT, "%" + plus + "." + digits + "f%%", 100 * number);
                case "f" -> String.format(Locale.ROOT, "%" + plus + group + "." + digits + "f", number);
                default -> general(number, Integer.parseInt(digits));
            };
        } catch (IllegalFormatException e) {
            throw Diagnostic.error("E0432", span, "`" + form.group() + "` is not a format")
                    .raise();
        }
    }

    /** As C's %g: the given number of significant digits, no zeros at the end. */
    private static String general(double number, int digits) {
        return Show.number(new java.math.BigDecimal(number)
                .round(new java.math.MathContext(Math.max(1, digits)))
                .doubleValue());
    }

    private static String padded(String text, Matcher form, boolean right) {
        int width = form.group(4).isEmpty() ? 0 : Integer.parseInt(form.group(4));
        int missing = width - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        if (!form.group(3).isEmpty()) {
            boolean signed = text.startsWith("-") || text.startsWith("+");
            return (signed ? text.substring(0, 1) : "") + "0".repeat(missing) + text.substring(signed ? 1 : 0);
        }
        String side = form.group(1).isEmpty() ? (right ? ">" : "<") : form.group(1);
        return switch (side) {
            case "<" -> text + " ".repeat(missing);
            case "^" -> " ".repeat(missing / 2) + text + " ".repeat(missing - missing / 2);
            default -> " ".repeat(missing) + text;
        };
    }
}
