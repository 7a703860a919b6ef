package org.sdescript.plot;

import java.awt.Graphics2D;

/** Letters as pixels, in the current colour, from the origin along the x axis. */
interface RasterLettering extends Lettering {
    void draw(Graphics2D graphics, String text, TextStyle style);

    /** The machine's sans serif font, or letters of our own where it has none. */
    static RasterLettering available() {
        return SystemLettering.isUsable() ? new SystemLettering() : new StrokeLettering();
    }
}
