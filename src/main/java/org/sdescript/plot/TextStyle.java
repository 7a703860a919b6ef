package org.sdescript.plot;

/**
 * The style of a text in a figure.
 *
 * @param upward true for text along the y axis
 */
record TextStyle(double size, boolean bold, Colour colour, Anchor anchor, boolean upward) {
    static final TextStyle TITLE = new TextStyle(15, true, Colour.INK, Anchor.START, false);
    static final TextStyle LEGEND = new TextStyle(12.5, false, Colour.INK, Anchor.START, false);
    static final TextStyle X_LABEL = new TextStyle(12.5, false, Colour.INK, Anchor.MIDDLE, false);
    static final TextStyle Y_LABEL = new TextStyle(12.5, false, Colour.INK, Anchor.MIDDLE, true);
    static final TextStyle X_TICK = new TextStyle(11, false, Colour.SOFT_INK, Anchor.MIDDLE, false);
    static final TextStyle Y_TICK = new TextStyle(11, false, Colour.SOFT_INK, Anchor.END, false);

    /** The point of the text, on its base line, that is placed at the position. */
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
