package org.sdescript.syntax;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Source;
import org.sdescript.source.Span;

/**
 * The errors found in one text. A statement with a wrong token gets no second error about its grammar: one mistake, one
 * message.
 */
final class SyntaxErrors {
    /** The largest number of errors, which bounds the output for a file that is not a script. */
    private static final int MOST = 100;

    private final List<Diagnostic> found = new ArrayList<>();

    void add(Diagnostic mistake) {
        if (found.size() < MOST) {
            found.add(mistake);
        }
    }

    /** Adds an error of the statement that starts at {@code start}, unless the statement has one already. */
    void addOfSentence(int start, Diagnostic mistake) {
        Span place = mistake.span().orElseThrow();
        if (found.size() < MOST && !known(start, endOfLine(place.source(), Math.max(place.end() - 1, place.start())))) {
            add(mistake);
        }
    }

    private boolean known(int start, int end) {
        return found.stream()
                .flatMap(mistake -> mistake.span().stream())
                .anyMatch(place -> start <= place.end() && place.start() <= end);
    }

    private static int endOfLine(Source source, int offset) {
        int line = source.line(offset);
        return line < source.lineCount()
                ? source.lineStart(line + 1) - 1
                : source.text().length();
    }

    boolean none() {
        return found.isEmpty();
    }

    List<Diagnostic> sorted() {
        return found.stream()
                .sorted(Comparator.comparingInt(
                        mistake -> mistake.span().map(Span::start).orElse(0)))
                .toList();
    }
}
