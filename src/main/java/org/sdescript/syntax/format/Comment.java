package org.sdescript.syntax.format;

import org.sdescript.source.Span;

/**
 * A comment of the text.
 *
 * @param alone true if nothing else is on its line
 * @param afterBlank true if the line above is blank
 */
record Comment(Span span, boolean alone, boolean afterBlank) {
    String text() {
        return span.text().stripTrailing();
    }

    int start() {
        return span.start();
    }
}
