package org.sdescript.plot;

import org.sdescript.image.Typeface;

/**
 * The style of a text in a figure.
 *
 * @param upward true for text along the y axis
 */
record TextStyle(double size, Typeface face, Colour colour, Anchor anchor, boolean upward) {
    static final TextStyle TITLE = new TextStyle(15, Typeface.BOLD, Colour.INK, Anchor.START, false);
    static final TextStyle LEGEND = new TextStyle(12.5, Typeface.REGULAR, Colour.INK, Anchor.START, false);
    static final TextStyle X_LABEL = new TextStyle(12.5, Typeface.REGULAR, Colour.INK, Anchor.MIDDLE, false);
    static final TextStyle Y_LABEL = new TextStyle(12.5, Typeface.REGULAR, Colour.INK, Anchor.MIDDLE, true);
    static final TextStyle X_TICK = new TextStyle(11, Typeface.REGULAR, Colour.SOFT_INK, Anchor.MIDDLE, false);
    static final TextStyle Y_TICK = new TextStyle(11, Typeface.REGULAR, Colour.SOFT_INK, Anchor.END, false);

    /** The point of the text, on its base line, that is placed at the position. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** Converts units of the typeface to those of the figure. */
    double scale() {
        return size / Typeface.UNITS;
    }

    double width(String text) {
        return scale() * face.width(text);
    }

    /** Returns the start of the text relative to its anchor. */
    double offset(String text) {
        return switch (anchor) {
            case START -> 0;
            case MIDDLE -> -width(text) / 2;
            case END -> -width(text);
        };
    }
}
