package org.sdescript.image;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A sans serif typeface whose outlines are data of sde, so that a text has the same width and look on every machine.
 * Lengths are in {@link #UNITS}; y increases downwards from the base line.
 */
public enum Typeface {
    REGULAR("sans.txt"),
    BOLD("sans-bold.txt");

    /** Units of length per font size. */
    public static final int UNITS = 2048;

    /** The height of an x, above which combining marks are drawn. */
    private static final int X_HEIGHT = 1120;

    /** The box for characters without an outline. */
    private static final int UNKNOWN = '□';

    private final Map<Integer, Glyph> glyphs = new HashMap<>();

    /**
     * The outline of a character.
     *
     * @param advance the distance to the next character; 0 for combining marks, which are centred at x = 0
     * @param top the height above the base line
     * @param path {@link PathData}
     */
    private record Glyph(int advance, int top, String path) {}

    Typeface(String file) {
        for (String line : OutlineFile.lines(file)) {
            String[] parts = line.split(" ", 4);
            glyphs.put(
                    Integer.parseInt(parts[0], 16),
                    new Glyph(
                            Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), parts.length == 4 ? parts[3] : ""));
        }
    }

    /** Returns the sum of the advances; there is no kerning. */
    public int width(String text) {
        return letters(text).map(letter -> glyph(letter).advance).sum();
    }

    /** Returns the height of the highest letter above the base line. */
    public int height(String text) {
        return letters(text).map(letter -> glyph(letter).top).max().orElse(0);
    }

    /** Returns the outline of a text that starts at the origin, as {@link PathData}. */
    public String outline(String text) {
        StringBuilder path = new StringBuilder();
        int x = 0;
        Glyph base = glyph(' ');
        for (int letter : letters(text).toArray()) {
            Glyph glyph = glyph(letter);
            if (glyph.advance == 0) {
                path.append(PathData.moved(glyph.path, x - base.advance / 2, Math.min(0, X_HEIGHT - base.top)));
            } else {
                path.append(PathData.moved(glyph.path, x, 0));
                x += glyph.advance;
                base = glyph;
            }
        }
        return path.toString();
    }

    /** Returns the characters of a text that are drawn as a box, each once. */
    public String withoutOutline(String text) {
        return letters(text)
                .filter(letter -> !glyphs.containsKey(letter))
                .distinct()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Returns the code points to draw: accented letters without an outline as letter and mark, controls as spaces. */
    private IntStream letters(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .codePoints()
                .map(letter -> Character.isISOControl(letter) ? ' ' : letter)
                .flatMap(letter -> glyphs.containsKey(letter)
                        ? IntStream.of(letter)
                        : Normalizer.normalize(Character.toString(letter), Normalizer.Form.NFD)
                                .codePoints());
    }

    private Glyph glyph(int letter) {
        return Objects.requireNonNullElseGet(glyphs.get(letter), () -> Objects.requireNonNull(glyphs.get(UNKNOWN)));
    }
}
