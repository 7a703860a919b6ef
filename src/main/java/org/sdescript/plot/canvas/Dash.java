package org.sdescript.plot.canvas;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The pattern of a line. */
public enum Dash {
    SOLID,
    DASHED(4, 2.2),
    DOTTED(1.2, 1.6),
    DASHDOT(5, 2, 1.2, 2);

    /** The lengths drawn and left out in turn, in widths of the line; empty for a solid line. */
    private final double[] lengths;

    Dash(double... lengths) {
        this.lengths = lengths;
    }

    /** Returns the lengths drawn and left out in turn, for a line of this width; empty for a solid line. */
    public double[] lengths(double width) {
        return Arrays.stream(lengths).map(each -> each * Math.max(width, 1)).toArray();
    }

    /** Returns the pattern by the word that scripts use. */
    public static Optional<Dash> named(String word) {
        return Arrays.stream(values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }
}
