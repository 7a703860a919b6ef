package org.sdescript.plot;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;

/** Draws text in the machine's sans serif font. */
final class SystemFontText implements RasterText {
    /** {@code none} disables the machine's fonts. */
    static final String PROPERTY = "sde.plot.fonts";

    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

    /**
     * True if text can be laid out. Without fontconfig, freetype or any font, AWT fails at the first layout, in many
     * ways: a library that does not load, a class that does not initialise, a null pointer, a plain Error ("No
     * physical fonts found").
     */
    static boolean isUsable() {
        if ("none".equals(System.getProperty(PROPERTY))) {
            return false;
        }
        try {
            return new SystemFontText().width("0", TextStyle.TITLE) > 0;
        } catch (Error | RuntimeException unusable) {
            return false;
        }
    }

    @Override
    public double width(String text, TextStyle style) {
        return font(style).getStringBounds(text, CONTEXT).getWidth();
    }

    @Override
    public void draw(Graphics2D graphics, String text, TextStyle style) {
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setFont(font(style));
        graphics.drawString(text, 0, 0);
    }

    private static Font font(TextStyle style) {
        return new Font(Font.SANS_SERIF, style.bold() ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) style.size());
    }
}
