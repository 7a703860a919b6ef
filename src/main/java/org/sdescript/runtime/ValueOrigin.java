package org.sdescript.runtime;

import org.sdescript.source.Span;

/**
 * The origin of a name's value, for error notes.
 *
 * @param how the text before the quoted place, such as "an argument of "
 * @param place the expression that was evaluated, or the call that passed the value
 */
record ValueOrigin(String how, Span place) {
    private static final int LONGEST = 60;

    static ValueOrigin assigned(Span expression) {
        return new ValueOrigin("", expression);
    }

    static ValueOrigin argument(Span call) {
        return new ValueOrigin("an argument of ", call);
    }

    static ValueOrigin element(Span sequence) {
        return new ValueOrigin("from ", sequence);
    }

    /** Returns {@code `dense(x, 8)` at line 7}, with the file name if the reader is in another file. */
    String text(Span reader) {
        return how + quoted(place) + " at " + location(place, reader);
    }

    static String quoted(Span span) {
        String line = span.text()
                .lines()
                .map(String::strip)
                .reduce((a, b) -> a + " " + b)
                .orElse("");
        return "`" + (line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…") + "`";
    }

    static String location(Span span, Span reader) {
        return span.source() == reader.source() ? "line " + span.line() : span.location();
    }
}
