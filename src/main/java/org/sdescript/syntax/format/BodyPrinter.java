package org.sdescript.syntax.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.sdescript.ast.Node;
import org.sdescript.source.Span;

/** Lines below each other, the comments between them, and a blank line wherever there were some. */
final class BodyPrinter {
    private final Original original;

    BodyPrinter(Original original) {
        this.original = original;
    }

    /** @param end where the text of the last line ends at the latest */
    <N extends Node> Doc lines(List<N> nodes, int end, Function<N, Doc> print) {
        List<Doc> lines = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Span span = nodes.get(i).span();
            int limit = i + 1 < nodes.size() ? nodes.get(i + 1).span().start() : end;
            addComments(original.before(span.start()), lines);
            Doc line = print.apply(nodes.get(i));
            add(Doc.of(line, Comments.behind(original.ofEnd(span, limit))), original.isAfterBlank(span), lines);
        }
        addComments(original.before(end), lines);
        return Doc.of(lines);
    }

    private static void addComments(List<Comment> comments, List<Doc> lines) {
        for (Comment comment : comments) {
            add(Doc.text(comment.text()), comment.afterBlank(), lines);
        }
    }

    private static void add(Doc line, boolean afterBlank, List<Doc> lines) {
        if (!lines.isEmpty()) {
            lines.add(Doc.HARD);
            if (afterBlank) {
                lines.add(Doc.HARD);
            }
        }
        lines.add(line);
    }

    /** Lines in braces, which end what {@code whole} spans. */
    <N extends Node> Doc braced(List<N> nodes, Span whole, Function<N, Doc> print) {
        int end = whole.end() - 1;
        int first = nodes.isEmpty() ? end : nodes.getFirst().span().start();
        List<Comment> ofHeader = original.ofHeader(first);
        boolean filled = !nodes.isEmpty() || original.hasBefore(end);
        if (ofHeader.isEmpty() && !filled) {
            return Doc.text("{ }");
        }
        Doc lines = filled ? Doc.of(Doc.HARD, lines(nodes, end, print)) : Doc.NOTHING;
        return Doc.of(
                Doc.text("{"), Doc.indented(Comments.behind(ofHeader), lines), Doc.HARD, Doc.text("}"));
    }
}
