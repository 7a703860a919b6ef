package org.sdescript.manual;

import java.util.Locale;

/** The anchors that code-hosting sites give to headings. */
final class Anchors {
    private Anchors() {}

    static String of(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-');
    }
}
