package org.sdescript.plot;

/**
 * @param upward written along the y axis
 */
record TextStyle(double size, boolean bold, Colour colour, Anchor anchor, boolean upward) {
    static final TextStyle TITLE = new TextStyle(15, true, Colour.INK, Anchor.START, false);
    static final TextStyle LEGEND = new TextStyle(12.5, false, Colour.INK, Anchor.START, false);
    static final TextStyle X_LABEL = new TextStyle(12.5, false, Colour.INK, Anchor.MIDDLE, false);
    static final TextStyle Y_LABEL = new TextStyle(12.5, false, Colour.INK, Anchor.MIDDLE, true);
    static final TextStyle X_TICK = new TextStyle(11, false, Colour.SOFT_INK, Anchor.MIDDLE, false);
    static final TextStyle Y_TICK = new TextStyle(11, false, Colour.SOFT_INK, Anchor.END, false);

    /** Which point of the text is placed, on its base line. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    double offset(double width) {
        return switch (anchor) {
            case START -> 0;
            case MIDDLE -> -width / 2;
            case END -> -width;
        };
    }
}
