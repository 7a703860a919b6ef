package org.sdescript.syntax.format;

/**
 * How much room a document takes.
 *
 * @param width on one line; at least {@link #ENDLESS} if it cannot be on one
 * @param head from its start to the first place where a line may end
 * @param breaks whether there is such a place
 */
record Size(int width, int head, boolean breaks) {
    static final int ENDLESS = 1 << 20;
    static final Size NOTHING = new Size(0, 0, false);
    static final Size BREAK = new Size(ENDLESS, 0, true);

    static Size of(String text) {
        int width = text.codePointCount(0, text.length());
        return new Size(width, width, false);
    }

    /** Something of this width that a line may end before. */
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
