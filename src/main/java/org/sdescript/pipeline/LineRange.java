package org.sdescript.pipeline;

import java.util.List;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Source;
import org.sdescript.source.Span;

/**
 * Whole lines around the place where two versions of a text differ, with all statements that lie there at least in part.
 *
 * @param start the offset of the lines, in both versions
 * @param before the end of the lines in the earlier version
 * @param end the end of the lines in the later version
 */
record LineRange(int start, int before, int end) {

    /** @param offset a place in the later version that the lines contain, too */
    static LineRange between(Program earlier, String now, int offset) {
        Source source = earlier.span().source();
        String text = source.text();
        int same = same(text, now);
        int tail = sameAtEnd(text, now, same);
        int longer = now.length() - text.length();
        int from = Math.min(same, offset);
        int to = Math.max(text.length() - tail, offset - longer);
        Lines lines = new Lines(source, from, to);
        lines.takeStatements(earlier.statements());
        lines.takeGaps(earlier.statements());
        return new LineRange(lines.start, lines.end, lines.end + longer);
    }

    private static int same(String left, String right) {
        int most = Math.min(left.length(), right.length());
        int at = 0;
        while (at < most && left.charAt(at) == right.charAt(at)) {
            at++;
        }
        return at;
    }

    private static int sameAtEnd(String left, String right, int before) {
        int most = Math.min(left.length(), right.length()) - before;
        int count = 0;
        while (count < most && left.charAt(left.length() - 1 - count) == right.charAt(right.length() - 1 - count)) {
            count++;
        }
        return count;
    }

    /** The statements of the earlier version that lie in the lines. */
    List<Statement> inside(Program earlier) {
        return earlier.statements().stream()
                .filter(statement -> contains(statement.span()))
                .toList();
    }

    List<Statement> outside(Program earlier) {
        return earlier.statements().stream()
                .filter(statement -> !contains(statement.span()))
                .toList();
    }

    /** True if all diagnostics of the earlier version lie in the lines. */
    boolean hold(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .allMatch(found -> found.span().filter(this::contains).isPresent());
    }

    private boolean contains(Span place) {
        return start <= place.start() && place.end() <= before;
    }

    /** A range of whole lines of one text that grows. */
    private static final class Lines {
        private final Source source;
        private int start;
        private int end;

        Lines(Source source, int from, int to) {
            this.source = source;
            this.start = lineStart(from);
            this.end = lineEnd(to);
        }

        private int lineStart(int offset) {
            return source.lineStart(source.line(offset));
        }

        /** The offset behind the end of a line. */
        private int lineEnd(int offset) {
            int line = source.line(offset);
            return line < source.lineCount()
                    ? source.lineStart(line + 1)
                    : source.text().length();
        }

        /** Takes the lines of statements that lie in the range in part; one may begin on a line where another ends. */
        private void takeStatements(List<Statement> statements) {
            boolean grows = true;
            while (grows) {
                grows = false;
                for (Statement statement : statements) {
                    grows |= grow(statement);
                }
            }
        }

        private boolean grow(Statement statement) {
            int from = lineStart(statement.span().start());
            int to = lineEnd(statement.span().end());
            boolean grows = from < end && to > start && (from < start || to > end);
            if (grows) {
                start = Math.min(start, from);
                end = Math.max(end, to);
            }
            return grows;
        }

        /** Takes the lines up to the statements around: statements with syntax errors may lie there. */
        private void takeGaps(List<Statement> statements) {
            int first = start;
            int last = end;
            start = statements.stream()
                    .mapToInt(statement -> lineEnd(statement.span().end()))
                    .filter(end -> end <= first)
                    .max()
                    .orElse(0);
            end = statements.stream()
                    .mapToInt(statement -> lineStart(statement.span().start()))
                    .filter(start -> start >= last)
                    .min()
                    .orElse(source.text().length());
        }
    }
}
