package org.sdescript.manual;

import java.util.Locale;

/** The anchors that code-hosting sites give to headings. */
public final class Anchors {
    private Anchors() {}

    public static String of(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-');
    }
}
