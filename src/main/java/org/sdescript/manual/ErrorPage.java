package org.sdescript.manual;

/**
 * What an error means, a small script that has it, what is said of it, and the script put right.
 *
 * @param code such as {@code E0203}
 * @param title what is wrong, in a few words
 * @param body Markdown
 */
public record ErrorPage(String code, String title, String body) {

    String heading() {
        return code + ": " + title;
    }

    public String forTerminal() {
        return TerminalText.of(heading() + "\n\n" + body);
    }
}
