package org.sdescript.source;

import java.util.stream.IntStream;

/** A program text with its name in errors: a file's path, or a name such as {@code prompt}. */
public final class Source {
    private final String name;
    private final String text;
    private final int[] lineStarts;

    public Source(String name, String text) {
        this.name = name;
        this.text = text;
        this.lineStarts = IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, text.length())
                                .filter(i -> endsLine(text, i))
                                .map(i -> i + 1))
                .toArray();
    }

    /** True at the end of a line: a newline, a carriage return, or both. */
    private static boolean endsLine(String text, int at) {
        char letter = text.charAt(at);
        return letter == '\n' || letter == '\r' && !text.startsWith("\n", at + 1);
    }

    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    public Span span(int start, int end) {
        return new Span(this, start, end);
    }

    public int lineCount() {
        return lineStarts.length;
    }

    /** The 1-based line that holds the character at {@code offset}. */
    public int line(int offset) {
        int found = java.util.Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The 1-based column of {@code offset}, counted in code points. */
    public int column(int offset) {
        int start = lineStarts[line(offset) - 1];
        return text.codePointCount(start, Math.min(offset, text.length())) + 1;
    }

    /** The text of a 1-based line, without its line end. */
    public String lineText(int line) {
        int start = lineStarts[line - 1];
        int end = line < lineStarts.length ? lineStarts[line] - 1 : text.length();
        return text.substring(start, end).stripTrailing();
    }

    /** The offset at which a 1-based line starts. */
    public int lineStart(int line) {
        return lineStarts[line - 1];
    }

    @Override
    public String toString() {
        return name;
    }
}
