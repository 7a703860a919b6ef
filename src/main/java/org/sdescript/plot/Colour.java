package org.sdescript.plot;

/** An sRGB colour, used instead of AWT's class, since SVG files must be written where AWT does not load. */
record Colour(int rgb, double opacity) {
    static final Colour PAPER = new Colour(0xFFFFFF, 1);
    static final Colour INK = new Colour(0x222222, 1);
    static final Colour SOFT_INK = new Colour(0x555555, 1);
    static final Colour AXIS = new Colour(0x8A8A8A, 1);
    static final Colour GRID = new Colour(0xE6E6E6, 1);
    static final Colour FINE_GRID = new Colour(0xF3F3F3, 1);

    /**
     * The colour-blind safe palette of Okabe and Ito (2008), ordered by contrast, with yellow last since it is faint
     * on white.
     */
    private static final int[] SERIES = {0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x000000, 0xF0E442
    };

    static Colour series(int index) {
        return new Colour(SERIES[index % SERIES.length], 1);
    }

    Colour withOpacity(double value) {
        return new Colour(rgb, value);
    }

    String hex() {
        return "#%06X".formatted(rgb);
    }
}
