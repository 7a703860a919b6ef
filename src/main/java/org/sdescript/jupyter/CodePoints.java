package org.sdescript.jupyter;

/** Positions in text: the protocol counts code points, Java counts UTF-16 units. */
final class CodePoints {
    private CodePoints() {}

    /** The index in the text of a position in code points; the ends of the text for positions outside. */
    static int index(String text, int position) {
        int last = text.codePointCount(0, text.length());
        return text.offsetByCodePoints(0, Math.clamp(position, 0, last));
    }

    /** The position in code points of an index in the text. */
    static int position(String text, int index) {
        return text.codePointCount(0, index);
    }
}
