package org.sdescript.plot;

/** How wide a text will be; layouts need no more of a font. */
@FunctionalInterface
interface Lettering {
    double width(String text, TextStyle style);

    /** For SVG files, whose letters are the viewer's: close to Helvetica, Arial and DejaVu Sans, a little generous. */
    static Lettering estimated() {
        return (text, style) ->
                text.chars().mapToDouble(Lettering::estimatedWidth).sum() * style.size();
    }

    private static double estimatedWidth(int letter) {
        if ("iljftr.,:;'!|()[]I -\u2009⁻".indexOf(letter) >= 0) {
            return 0.36;
        }
        if ("⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(letter) >= 0) {
            return 0.4;
        }
        if ("mwMW@%".indexOf(letter) >= 0) {
            return 0.95;
        }
        return Character.isUpperCase(letter) ? 0.71 : 0.62;
    }
}
