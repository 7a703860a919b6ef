package org.sdescript.plot;

import java.awt.Graphics2D;

/** Draws text as pixels, in the current colour, from the origin along the x axis. */
interface RasterText extends TextMetrics {
    void draw(Graphics2D graphics, String text, TextStyle style);

    /** Returns the machine's sans serif font, or stroke glyphs if no font is usable. */
    static RasterText available() {
        return SystemFontText.isUsable() ? new SystemFontText() : new StrokeText();
    }
}
