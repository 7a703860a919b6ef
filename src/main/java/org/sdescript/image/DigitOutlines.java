package org.sdescript.image;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The outlines of the ten digits in the fonts of this machine and in strokes of {@link StrokeGlyph}. */
final class DigitOutlines {
    /** {@code none} disables the machine's fonts. */
    private static final String PROPERTY = "sde.plot.fonts";

    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);
    private static final double[] PENS = {1.0, 1.5, 2.0};

    /** Font families with true digits: some installed fonts show ornaments instead, and no property identifies them. */
    private static final List<String> FAMILIES = List.of(
            "DejaVu Sans",
            "DejaVu Sans Condensed",
            "DejaVu Serif",
            "DejaVu Sans Mono",
            "Liberation Sans",
            "Liberation Serif",
            "Liberation Mono",
            "Noto Sans",
            "Noto Serif",
            "Noto Mono",
            "FreeSans",
            "FreeSerif",
            "Latin Modern Roman",
            "Latin Modern Sans",
            "Ubuntu",
            "Cantarell",
            "Arial",
            "Times New Roman",
            "Courier New",
            "Georgia",
            "Verdana",
            "Helvetica",
            "Times",
            "Courier",
            "Menlo");

    private DigitOutlines() {}

    /** Returns for each typeface the outlines of 0 to 9, in any size and position. */
    static List<List<Shape>> all() {
        List<List<Shape>> faces = new ArrayList<>();
        for (double pen : PENS) {
            faces.add(digits(digit -> drawn(digit, pen)));
        }
        fonts().forEach(font -> faces.add(digits(
                digit -> font.createGlyphVector(CONTEXT, String.valueOf(digit)).getOutline())));
        return List.copyOf(faces);
    }

    private interface Outline {
        Shape of(int digit);
    }

    private static List<Shape> digits(Outline outline) {
        return IntStream.range(0, 10).mapToObj(outline::of).toList();
    }

    /**
     * Returns the usable fonts. Without fontconfig, freetype or any font AWT fails in many ways, also with an Error;
     * the list is then empty.
     */
    private static List<Font> fonts() {
        if ("none".equals(System.getProperty(PROPERTY))) {
            return List.of();
        }
        try {
            List<Font> found = new ArrayList<>();
            for (String family : families()) {
                for (int style : new int[] {Font.PLAIN, Font.BOLD, Font.ITALIC}) {
                    Font font = new Font(family, style, 64);
                    if (font.canDisplayUpTo("0123456789") < 0) {
                        font.createGlyphVector(CONTEXT, "0").getOutline();
                        found.add(font);
                    }
                }
            }
            return found;
        } catch (Error | RuntimeException unusable) {
            return List.of();
        }
    }

    private static List<String> families() {
        Set<String> here = new HashSet<>(List.of(
                GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames(java.util.Locale.ROOT)));
        List<String> known = FAMILIES.stream().filter(here::contains).toList();
        return known.isEmpty() ? List.of(Font.SANS_SERIF, Font.SERIF, Font.MONOSPACED) : known;
    }

    private static Shape drawn(int digit, double pen) {
        Path2D strokes = new Path2D.Double();
        for (double[][] stroke : StrokeGlyph.of('0' + digit).strokes()) {
            strokes.moveTo(stroke[0][0], stroke[0][1]);
            for (double[] point : stroke) {
                strokes.lineTo(point[0], point[1]);
            }
        }
        return new BasicStroke((float) pen, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND).createStrokedShape(strokes);
    }
}
