package org.sdescript.manual;

/**
 * A page of the manual.
 *
 * @param text the page laid out for a terminal
 * @param markdown the same page for a reader that lays text out itself
 */
public record HelpPage(String text, String markdown) {

    static HelpPage of(String markdown) {
        return new HelpPage(TerminalText.of(markdown), markdown);
    }
}
