package org.sdescript.plot;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The shape of a point. */
public enum Marker {
    CIRCLE,
    SQUARE,
    TRIANGLE,
    DIAMOND,
    PLUS,
    CROSS;

    /** Returns the shape by the word that scripts use. */
    static Optional<Marker> named(String word) {
        return Arrays.stream(values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }
}
