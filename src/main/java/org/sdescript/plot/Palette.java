package org.sdescript.plot;

import org.sdescript.image.Pixels;

/**
 * A palette from dark blue through green to yellow, with even steps in lightness, readable in grey and with colour
 * blindness: viridis (van der Walt and Smith 2015) at sixteen stops, interpolated linearly.
 */
final class Palette {
    private static final int[] STOPS = {
        0x440154, 0x481A6C, 0x472F7D, 0x414487, 0x39568C, 0x31688E, 0x2A788E, 0x23888E, 0x1F988B, 0x22A884, 0x35B779,
        0x54C568, 0x7AD151, 0xA5DB36, 0xD2E21B, 0xFDE725
    };

    private static final int MISSING = 0xDDDDDD;

    private Palette() {}

    /** @param part the position from 0 to 1; NaN is grey */
    static int rgb(double part) {
        if (Double.isNaN(part)) {
            return MISSING;
        }
        double place = Math.clamp(part, 0, 1) * (STOPS.length - 1);
        int below = Math.min((int) place, STOPS.length - 2);
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int low = STOPS[below] >> shift & 0xFF;
            int high = STOPS[below + 1] >> shift & 0xFF;
            mixed |= (int) Math.rint(low + (place - below) * (high - low)) << shift;
        }
        return mixed;
    }

    /** Returns the colour of a contour line, without the lightest colours, which are invisible on white. */
    static Colour line(int level, int levels) {
        return new Colour(rgb(levels == 1 ? 0.4 : 0.85 * level / (levels - 1)), 1);
    }

    /** Returns a strip of the whole palette. */
    static Pixels strip(int width) {
        int[] rgb = new int[width];
        for (int k = 0; k < width; k++) {
            rgb[k] = rgb((k + 0.5) / width);
        }
        return new Pixels(width, 1, rgb);
    }
}
