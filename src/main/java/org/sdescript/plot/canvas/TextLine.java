package org.sdescript.plot.canvas;

import java.util.List;
import org.sdescript.algebra.FormulaLayout.Row;
import org.sdescript.algebra.FormulaLayout.Words;
import org.sdescript.algebra.MixedText;
import org.sdescript.algebra.UnknownLatex;
import org.sdescript.image.Typeface;

/**
 * A line of text laid out for drawing, from the origin on its base line; y increases downwards.
 *
 * @param plain the text with formulas in Unicode
 * @param ascent the height above the base line
 * @param descent the depth below the base line
 */
public record TextLine(String plain, List<Run> runs, List<Bar> bars, double width, double ascent, double descent) {
    /** The horizontal shift of italic letters per unit of height: tan 11°. */
    static final double SLANT = 0.194;

    /** Letters of one size and face, which begin at (x, y). */
    public record Run(String letters, double x, double y, double size, Typeface face, boolean italic) {
        double scale() {
            return size / Typeface.UNITS;
        }
    }

    /** A bar of a fraction or root. */
    public record Bar(Box box) {}

    public TextLine {
        runs = List.copyOf(runs);
        bars = List.copyOf(bars);
    }

    /** Lays out a text. A formula that sde does not read is drawn as it is written. */
    public static TextLine of(String text, TextStyle style) {
        return new FormulaSetter(style.face()).line(row(text), style.size());
    }

    private static Row row(String text) {
        try {
            return MixedText.of(text).row();
        } catch (UnknownLatex unknown) {
            return new Row(List.of(new Words(text)));
        }
    }
}
