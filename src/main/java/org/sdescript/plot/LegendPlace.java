package org.sdescript.plot;

import java.util.Locale;

/** Where the legend stands. */
public enum LegendPlace {
    /** In rows above the plot, where it hides no marks. */
    TOP,
    /** In a column beside the plot. */
    RIGHT,
    /** In rows below the plot. */
    BOTTOM,
    /** In the corner of the plot with the fewest marks. */
    INSIDE,
    NONE;

    /** Returns the place by the word that scripts use. */
    static LegendPlace named(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
