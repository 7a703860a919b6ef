package org.sdescript.plot;

/** The width of texts, the only font metric of layouts. */
@FunctionalInterface
interface TextMetrics {
    double width(String text, TextStyle style);

    /**
     * Returns estimated widths for SVG files, whose fonts are the viewer's: close to Helvetica, Arial and DejaVu
     * Sans, slightly too wide.
     */
    static TextMetrics estimated() {
        return (text, style) ->
                text.chars().mapToDouble(TextMetrics::estimatedWidth).sum() * style.size();
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
