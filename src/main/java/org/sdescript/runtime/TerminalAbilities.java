package org.sdescript.runtime;

/**
 * The display capabilities of a terminal.
 *
 * @param columns the number of characters in a line
 * @param rows the number of lines
 * @param colour true if text may be coloured
 * @param images the protocol for images
 */
public record TerminalAbilities(int columns, int rows, boolean colour, Images images) {

    /** Terminal image protocols. */
    public enum Images {
        /** No images: pictures are drawn with characters. */
        NONE,
        /** Kitty's graphics protocol. */
        KITTY,
        /** iTerm2's inline images. */
        ITERM,
        /** Sixel graphics, of DEC's VT340. */
        SIXEL
    }
}
