package org.sdescript.syntax.format;

/** A line of the result and the comment at its end, empty if there is none. */
record OutputLine(String code, String comment) {
    boolean isCommented() {
        return !comment.isEmpty();
    }

    int width() {
        return width(code);
    }

    int commentWidth() {
        return width(comment);
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
