package org.sdescript.syntax.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.sdescript.ast.Expression;
import org.sdescript.source.Source;
import org.sdescript.source.Span;
import org.sdescript.syntax.Parser;

/**
 * The parts of a text that its tree lacks: comments, blank lines, the spelling of strings. Printers take each comment
 * once, in order, so that none is lost or printed twice.
 */
final class SourceTrivia {
    private final Optional<Source> source;
    private final Deque<Comment> comments = new ArrayDeque<>();

    private SourceTrivia(Optional<Source> source) {
        this.source = source;
    }

    static SourceTrivia of(Source source) {
        SourceTrivia original = new SourceTrivia(Optional.of(source));
        Parser.comments(source).forEach(span -> original.comments.add(comment(source, span)));
        return original;
    }

    /** The original of a tree without text. */
    static SourceTrivia none() {
        return new SourceTrivia(Optional.empty());
    }

    private static Comment comment(Source source, Span span) {
        return new Comment(span, isFirst(source, span), isBelowBlank(source, span));
    }

    /** True if only blanks precede it on its line. */
    private static boolean isFirst(Source source, Span span) {
        int start = source.lineStart(span.line());
        int at = span.start();
        while (at > start && Character.isWhitespace(source.text().charAt(at - 1))) {
            at--;
        }
        return at == start;
    }

    private static boolean isBelowBlank(Source source, Span span) {
        int line = span.line();
        return line > 1 && source.lineText(line - 1).isBlank();
    }

    Optional<String> spelling(Expression.Text text) {
        return source.map(known -> text.span().text());
    }

    /** The lines of a declaration's documentation; empty if they are among the comments. */
    List<String> doc(Optional<String> doc) {
        return source.isPresent() || doc.isEmpty()
                ? List.of()
                : doc.get()
                        .lines()
                        .map(line -> line.isEmpty() ? "##" : "## " + line)
                        .toList();
    }

    /** True if a blank line is above the line that the span starts. */
    boolean isAfterBlank(Span span) {
        return source.filter(known -> isBelowBlank(known, span) && isFirst(known, span))
                .isPresent();
    }

    boolean hasBefore(int offset) {
        return !comments.isEmpty() && comments.peek().start() < offset;
    }

    /** Takes the remaining comments up to an offset. */
    List<Comment> before(int offset) {
        List<Comment> found = new ArrayList<>();
        while (hasBefore(offset)) {
            found.add(comments.poll());
        }
        return found;
    }

    /** Takes the comments that belong to the line that opens a body: up to the last comment on a line with code. */
    List<Comment> ofHeader(int offset) {
        int header = comments.stream()
                .takeWhile(comment -> comment.start() < offset)
                .filter(comment -> !comment.alone())
                .mapToInt(Comment::start)
                .max()
                .orElse(-1);
        return before(header + 1);
    }

    /**
     * Takes the comments left within a span, and the comment after it on its last line if that is before {@code limit}.
     */
    List<Comment> ofEnd(Span span, int limit) {
        List<Comment> found = before(span.end());
        Comment next = comments.peek();
        if (next != null
                && next.start() < limit
                && span.source().line(span.end()) == span.source().line(next.start())) {
            found.add(comments.poll());
        }
        return found;
    }
}
