package org.sdescript.runtime;

import org.sdescript.source.Span;

/**
 * Where a name got its value, for errors that tell.
 *
 * @param how what the place is to the value, ready to be followed by its text
 * @param place the expression whose value it is, or the call that handed it in
 */
record Origin(String how, Span place) {
    private static final int LONGEST = 60;

    static Origin assigned(Span expression) {
        return new Origin("", expression);
    }

    static Origin argument(Span call) {
        return new Origin("an argument of ", call);
    }

    static Origin element(Span sequence) {
        return new Origin("from ", sequence);
    }

    /** {@code `dense(x, 8)` at line 7}; the file is named where it is another than the reader is looking at. */
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
