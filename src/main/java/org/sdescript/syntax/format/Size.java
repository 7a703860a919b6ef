package org.sdescript.syntax.format;

/**
 * The space that a document takes.
 *
 * @param width width on one line; at least {@link #ENDLESS} if it needs several
 * @param head width up to the first possible line break
 * @param breaks true if there is a possible line break
 */
record Size(int width, int head, boolean breaks) {
    static final int ENDLESS = 1 << 20;
    static final Size NOTHING = new Size(0, 0, false);
    static final Size BREAK = new Size(ENDLESS, 0, true);

    static Size of(String text) {
        int width = text.codePointCount(0, text.length());
        return new Size(width, width, false);
    }

    /** A size with a possible line break at its start. */
    static Size breakable(int width) {
        return new Size(Math.min(width, ENDLESS), 0, true);
    }

    Size then(Size next) {
        return new Size(
                Math.min(width + next.width, ENDLESS),
                breaks ? head : Math.min(head + next.head, ENDLESS),
                breaks || next.breaks);
    }
}
