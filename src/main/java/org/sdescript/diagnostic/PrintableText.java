package org.sdescript.diagnostic;

/** Makes text safe to print: characters that move the cursor, colour the terminal or reverse the line become U+FFFD. */
public final class PrintableText {
    private static final int REPLACEMENT = 0xFFFD;

    private PrintableText() {}

    /** True for a character that is safe to print: it has a shape and moves no other character. */
    public static boolean is(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** The text as one line: tabs become blanks, line ends become ⏎. */
    public static String line(String text) {
        return text.codePoints().allMatch(PrintableText::is) ? text : replaced(text, true);
    }

    /** The text with its line ends. */
    public static String lines(String text) {
        return text.codePoints().allMatch(c -> c == '\n' || is(c)) ? text : replaced(text, false);
    }

    /** The text as a string of the language, with its escapes. */
    public static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                        .replace("{", "\\{")
                + '"';
    }

    /** Replaces control characters except tabs and line ends. */
    public static String withoutControls(String text) {
        return text.chars().allMatch(c -> isPlain((char) c))
                ? text
                : text.chars()
                        .map(c -> isPlain((char) c) ? c : REPLACEMENT)
                        .collect(StringBuilder::new, (out, c) -> out.append((char) c), StringBuilder::append)
                        .toString();
    }

    private static boolean isPlain(char character) {
        return !Character.isISOControl(character) || character == '\n' || character == '\t' || character == '\r';
    }

    private static String replaced(String text, boolean oneLine) {
        StringBuilder visible = new StringBuilder(text.length());
        text.replace("\r\n", "\n").codePoints().forEach(c -> {
            switch (c) {
                case '\t' -> visible.append(' ');
                case '\n' -> visible.append(oneLine ? "⏎" : "\n");
                default -> visible.appendCodePoint(is(c) ? c : REPLACEMENT);
            }
        });
        return visible.toString();
    }
}
