package org.sdescript.plot;

import java.awt.Graphics2D;

/** Draws text as pixels, in the current colour, from the origin along the x axis. */
interface RasterLettering extends Lettering {
    void draw(Graphics2D graphics, String text, TextStyle style);

    /** Returns the machine's sans serif font, or stroke glyphs if no font is usable. */
    static RasterLettering available() {
        return SystemLettering.isUsable() ? new SystemLettering() : new StrokeLettering();
    }
}
