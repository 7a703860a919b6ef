package org.sdescript.syntax.format;

/**
 * The space that a document takes.
 *
 * @param width width on one line; at least {@link #ENDLESS} if it needs several
 * @param head width up to the first possible line break
 * @param breaks true if there is a possible line break
 */
record DocSize(int width, int head, boolean breaks) {
    static final int ENDLESS = 1 << 20;
    static final DocSize NOTHING = new DocSize(0, 0, false);
    static final DocSize BREAK = new DocSize(ENDLESS, 0, true);

    static DocSize of(String text) {
        int width = text.codePointCount(0, text.length());
        return new DocSize(width, width, false);
    }

    /** A size with a possible line break at its start. */
    static DocSize breakable(int width) {
        return new DocSize(Math.min(width, ENDLESS), 0, true);
    }

    DocSize then(DocSize next) {
        return new DocSize(
                Math.min(width + next.width, ENDLESS),
                breaks ? head : Math.min(head + next.head, ENDLESS),
                breaks || next.breaks);
    }
}
