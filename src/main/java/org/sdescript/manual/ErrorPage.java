package org.sdescript.manual;

/**
 * The page of an error: its meaning, a small script with the error, the message, and the corrected script.
 *
 * @param code code such as {@code E0203}
 * @param title the error in a few words
 * @param body Markdown
 */
public record ErrorPage(String code, String title, String body) {

    String heading() {
        return code + ": " + title;
    }

    public String forTerminal() {
        return TerminalText.of(heading() + "\n\n" + body);
    }

    public String markdown() {
        return "## " + heading() + "\n\n" + body;
    }
}
