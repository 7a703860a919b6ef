package org.sdescript.plot.canvas;

import java.util.List;
import org.sdescript.image.Pixels;

/**
 * A palette from dark blue through green to yellow, with even steps in lightness, readable in grey and with colour
 * blindness: viridis (van der Walt and Smith 2015) at sixteen stops, interpolated linearly.
 */
public final class Palette {
    private static final int[] STOPS = {
        0x440154, 0x481A6C, 0x472F7D, 0x414487, 0x39568C, 0x31688E, 0x2A788E, 0x23888E, 0x1F988B, 0x22A884, 0x35B779,
        0x54C568, 0x7AD151, 0xA5DB36, 0xD2E21B, 0xFDE725
    };

    private static final int MISSING = 0xDDDDDD;

    private Palette() {}

    /** @param part the position from 0 to 1; NaN is grey */
    public static int rgb(double part) {
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

    /** Returns the colour of a point, as one of 64 steps, which keeps files small. */
    public static int step(double part) {
        return rgb(Double.isNaN(part) ? part : Math.rint(Math.clamp(part, 0, 1) * 63) / 63);
    }

    /** Returns the colour of a contour line, without the lightest colours, which are invisible on white. */
    public static Colour line(int level, int levels) {
        return new Colour(rgb(levels == 1 ? 0.4 : 0.85 * level / (levels - 1)), 1);
    }

    /** Returns the element of a list, from low to high, that belongs to a colour near the palette. */
    public static <T> T nearest(int colour, List<T> grades) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < grades.size(); k++) {
            double distance = 0;
            for (int shift = 16; shift >= 0; shift -= 8) {
                distance += Math.pow((rgb((k + 0.5) / grades.size()) >> shift & 0xFF) - (colour >> shift & 0xFF), 2);
            }
            best = distance < least ? k : best;
            least = Math.min(least, distance);
        }
        return grades.get(best);
    }

    /** Returns a column of the whole palette, the highest value on top. */
    public static Pixels column(int height) {
        int[] rgb = new int[height];
        for (int k = 0; k < height; k++) {
            rgb[k] = rgb(1 - (k + 0.5) / height);
        }
        return new Pixels(1, height, rgb);
    }
}
