package org.sdescript.ast;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The format after the colon in {@code "{e:.3f}"}, as in Python:
 * {@code [[fill]align][sign][0][width][,_][.precision][type]}.
 *
 * @param fill code point that fills up to the width
 * @param align {@code <}, {@code >}, {@code ^}, {@code =} (between sign and digits), or a blank for the value's default
 * @param sign {@code +}, a blank, or {@code -} for negative numbers only
 * @param width least number of characters
 * @param separator separator of groups of three digits, or empty
 * @param precision digits after the point, significant digits, or the longest length of a string
 * @param type one of {@code d e E f F g G % s}, or a blank
 */
public record TextFormat(
        int fill, char align, char sign, int width, String separator, OptionalInt precision, char type) {

    private static final Pattern FORM =
            Pattern.compile("(?:(.)?([<>^=]))?([+\\- ]?)(0?)(\\d{0,3})([,_]?)(?:\\.(\\d{1,2}))?([deEfFgG%s]?)");

    /** Parses a format; empty if the text is none. */
    public static Optional<TextFormat> read(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        boolean zeros = !form.group(4).isEmpty();
        char align = form.group(2) != null ? form.group(2).charAt(0) : zeros ? '=' : ' ';
        int fill = form.group(1) != null ? form.group(1).codePointAt(0) : zeros ? '0' : ' ';
        return Optional.of(new TextFormat(
                fill,
                align,
                first(form.group(3), '-'),
                form.group(5).isEmpty() ? 0 : Integer.parseInt(form.group(5)),
                form.group(6),
                form.group(7) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(form.group(7))),
                first(form.group(8), ' ')));
    }

    private static char first(String text, char otherwise) {
        return text.isEmpty() ? otherwise : text.charAt(0);
    }

    /** True if the format applies to numbers only. */
    public boolean isNumeric() {
        return type != ' ' && type != 's' || sign != '-' || !separator.isEmpty() || align == '=' && fill != '0';
    }
}
