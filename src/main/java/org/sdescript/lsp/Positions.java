package org.sdescript.lsp;

import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.sdescript.source.Source;
import org.sdescript.source.Span;

/** Converts between offsets of a source and the protocol's positions: lines and UTF-16 units, both from 0. */
final class Positions {
    private Positions() {}

    static Position of(Source source, int offset) {
        int within = Math.min(offset, source.text().length());
        int line = source.line(within);
        return new Position(line - 1, within - source.lineStart(line));
    }

    /** The offset of a position; a position behind the end of its line means that end. */
    static int offset(Source source, Position position) {
        if (position.getLine() >= source.lineCount()) {
            return source.text().length();
        }
        int start = source.lineStart(position.getLine() + 1);
        int end = position.getLine() + 2 <= source.lineCount()
                ? source.lineStart(position.getLine() + 2)
                : source.text().length();
        int last = end;
        while (last > start && isLineEnd(source.text().charAt(last - 1))) {
            last--;
        }
        return (int) Math.min((long) start + position.getCharacter(), last);
    }

    private static boolean isLineEnd(char letter) {
        return letter == '\n' || letter == '\r';
    }

    static Range range(Span span) {
        return new Range(of(span.source(), span.start()), of(span.source(), span.end()));
    }

    static Range whole(Source source) {
        return new Range(new Position(0, 0), of(source, source.text().length()));
    }
}
