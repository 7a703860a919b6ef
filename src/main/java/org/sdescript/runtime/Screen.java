package org.sdescript.runtime;

/**
 * A terminal as far as pictures are concerned.
 *
 * @param columns how many letters a line has
 * @param rows how many lines it has
 * @param colour whether letters may have colours
 * @param images how it is given images
 */
public record Screen(int columns, int rows, boolean colour, Images images) {

    /** The ways in which terminals take images among their text. */
    public enum Images {
        /** They do not: pictures are made of letters. */
        NONE,
        /** Kitty's graphics protocol. */
        KITTY,
        /** iTerm2's inline images. */
        ITERM,
        /** Sixels, as DEC's VT340 had them. */
        SIXEL
    }
}
