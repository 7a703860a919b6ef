package org.sdescript.plot.canvas;

import org.sdescript.image.Typeface;

/**
 * The style of a text in a figure.
 *
 * @param size the font size in units of 1/96 inch
 * @param upward true for text along the y axis
 */
public record TextStyle(double size, Typeface face, Colour colour, Anchor anchor, boolean upward) {
    public static final TextStyle TITLE = new TextStyle(13, Typeface.BOLD, Colour.INK, Anchor.START, false);
    public static final TextStyle LEGEND = new TextStyle(11.5, Typeface.REGULAR, Colour.INK, Anchor.START, false);
    public static final TextStyle X_LABEL = new TextStyle(12, Typeface.REGULAR, Colour.INK, Anchor.MIDDLE, false);
    public static final TextStyle Y_LABEL = new TextStyle(12, Typeface.REGULAR, Colour.INK, Anchor.MIDDLE, true);
    public static final TextStyle X_TICK = new TextStyle(10.5, Typeface.REGULAR, Colour.SOFT_INK, Anchor.MIDDLE, false);
    public static final TextStyle Y_TICK = new TextStyle(10.5, Typeface.REGULAR, Colour.SOFT_INK, Anchor.END, false);
    public static final TextStyle BAR_TICK =
            new TextStyle(10.5, Typeface.REGULAR, Colour.SOFT_INK, Anchor.START, false);

    /** The point of the text, on its base line, that is placed at the position. */
    public enum Anchor {
        START,
        MIDDLE,
        END
    }

    public TextStyle withSize(double other) {
        return new TextStyle(other, face, colour, anchor, upward);
    }

    public TextStyle withColour(Colour other) {
        return new TextStyle(size, face, other, anchor, upward);
    }

    public TextStyle withAnchor(Anchor other) {
        return new TextStyle(size, face, colour, other, upward);
    }

    public double width(String text) {
        return TextLine.of(text, this).width();
    }

    /** Returns the start of a line of this width relative to its anchor. */
    double offset(double width) {
        return switch (anchor) {
            case START -> 0;
            case MIDDLE -> -width / 2;
            case END -> -width;
        };
    }
}
