package org.sdescript.diagnostic;

/** Text made safe to print: what would move the cursor, colour the terminal or reverse the line becomes U+FFFD. */
public final class Visible {
    private static final int REPLACEMENT = 0xFFFD;

    private Visible() {}

    /** True for a character that can be printed as it is: it moves no others about and shows something itself. */
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

    /** One line: tabs become blanks, ends of lines ⏎. */
    public static String line(String text) {
        return text.codePoints().allMatch(Visible::is) ? text : replaced(text, true);
    }

    /** Several lines, whose ends stay. */
    public static String lines(String text) {
        return text.codePoints().allMatch(c -> c == '\n' || is(c)) ? text : replaced(text, false);
    }

    /** The text with its tabs and line ends, but no other character that a terminal obeys. */
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
