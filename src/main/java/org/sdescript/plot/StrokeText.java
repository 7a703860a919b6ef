package org.sdescript.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import org.sdescript.image.StrokeGlyph;

/** Draws text with a round pen from {@link StrokeGlyph}s, without fonts or libraries of the machine. */
final class StrokeText implements RasterText {
    /** Converts grid units to font size: a capital is eight units high, and 0.72 of the size, as in common fonts. */
    private static final double UNIT = 0.09;

    private static final double STRETCH = 1.15;
    private static final double SMALL = 0.65;
    private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻";
    private static final String LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋";
    private static final String PLAIN = "0123456789+⁻";

    @Override
    public double width(String text, TextStyle style) {
        return text.codePoints().mapToDouble(StrokeText::advance).sum() * UNIT * STRETCH * style.size();
    }

    @Override
    public void draw(Graphics2D graphics, String text, TextStyle style) {
        graphics.setStroke(new BasicStroke(
                (float) (style.size() * (style.bold() ? 0.13 : 0.085)), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        double unit = UNIT * style.size();
        double left = STRETCH * unit;
        for (int letter : text.codePoints().toArray()) {
            double scale = isSmall(letter) ? SMALL * unit : unit;
            double base = RAISED.indexOf(letter) >= 0 ? -4 * unit : LOWERED.indexOf(letter) >= 0 ? 2 * unit : 0;
            AffineTransform place = new AffineTransform(STRETCH * scale, 0, 0, scale, left, base - 8 * scale);
            for (double[][] stroke : glyph(letter).strokes()) {
                graphics.draw(path(stroke).createTransformedShape(place));
            }
            left += advance(letter) * STRETCH * unit;
        }
    }

    private static boolean isSmall(int letter) {
        return RAISED.indexOf(letter) >= 0 || LOWERED.indexOf(letter) >= 0;
    }

    private static StrokeGlyph glyph(int letter) {
        return StrokeGlyph.of(
                isSmall(letter) ? PLAIN.charAt(Math.max(RAISED.indexOf(letter), LOWERED.indexOf(letter))) : letter);
    }

    private static double advance(int letter) {
        return glyph(letter).advance() * (isSmall(letter) ? SMALL : 1);
    }

    private static Path2D path(double[][] points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0][0], points[0][1]);
        for (double[] point : points) {
            path.lineTo(point[0], point[1]);
        }
        return path;
    }
}
