package org.sdescript.plot.canvas;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** An sRGB colour, used instead of AWT's class, since SVG files must be written where AWT does not load. */
public record Colour(int rgb, double opacity) {
    public static final Colour PAPER = new Colour(0xFFFFFF, 1);
    public static final Colour INK = new Colour(0x222222, 1);
    public static final Colour SOFT_INK = new Colour(0x444444, 1);
    public static final Colour AXIS = new Colour(0x707070, 1);
    public static final Colour GRID = new Colour(0xE4E4E4, 1);
    public static final Colour FINE_GRID = new Colour(0xF2F2F2, 1);

    private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{6}");

    /**
     * The colour-blind safe palette of Okabe and Ito (2008), ordered by contrast, with yellow last since it is faint
     * on white.
     */
    private static final Map<String, Integer> NAMED = named();

    private static final List<Integer> SERIES = NAMED.values().stream().limit(8).toList();

    private static Map<String, Integer> named() {
        Map<String, Integer> named = new LinkedHashMap<>();
        named.put("blue", 0x0072B2);
        named.put("vermillion", 0xD55E00);
        named.put("green", 0x009E73);
        named.put("purple", 0xCC79A7);
        named.put("orange", 0xE69F00);
        named.put("sky", 0x56B4E9);
        named.put("black", 0x000000);
        named.put("yellow", 0xF0E442);
        named.put("grey", 0x707070);
        named.put("white", 0xFFFFFF);
        return named;
    }

    /** Returns the colour of a layer by its position in the figure. */
    public static Colour series(int index) {
        return new Colour(SERIES.get(Math.floorMod(index, SERIES.size())), 1);
    }

    /** Returns the names of the palette. */
    public static List<String> names() {
        return List.copyOf(NAMED.keySet());
    }

    /** Returns the colour with a name of the palette, or of the form #RRGGBB. */
    public static Optional<Colour> of(String word) {
        return HEX.matcher(word).matches()
                ? Optional.of(new Colour(Integer.parseInt(word.substring(1), 16), 1))
                : Optional.ofNullable(NAMED.get(word)).map(rgb -> new Colour(rgb, 1));
    }

    public Colour withOpacity(double value) {
        return new Colour(rgb, value);
    }

    public String hex() {
        return String.format(Locale.ROOT, "#%06X", rgb);
    }
}
