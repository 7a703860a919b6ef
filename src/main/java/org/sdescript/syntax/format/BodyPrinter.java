package org.sdescript.syntax.format;

import java.util.List;
import java.util.function.Function;
import org.sdescript.ast.Statement;
import org.sdescript.ast.SyntaxNode;
import org.sdescript.source.Span;

/** Prints statements or lines of an {@code sde} below each other, with the comments and blank lines between them. */
final class BodyPrinter {
    private final SourceTrivia original;

    BodyPrinter(SourceTrivia original) {
        this.original = original;
    }

    /** @param end the latest end of the last line's text */
    <N extends SyntaxNode> Doc lines(List<N> nodes, int end, Function<N, Doc> print) {
        Lines lines = new Lines();
        add(nodes, end, print, lines);
        return lines.doc();
    }

    private <N extends SyntaxNode> void add(List<N> nodes, int end, Function<N, Doc> print, Lines lines) {
        for (int i = 0; i < nodes.size(); i++) {
            N node = nodes.get(i);
            int limit = i + 1 < nodes.size() ? nodes.get(i + 1).span().start() : end;
            original.before(node.span().start()).forEach(lines::add);
            Doc line = print.apply(node);
            List<Comment> behind = original.ofEnd(node.span(), limit);
            lines.add(
                    Doc.of(line, Comments.trailing(behind)), original.isAfterBlank(node.span()), !isUndocumented(node));
            lines.addMoved(Comments.withoutFirst(behind));
        }
        original.before(end).forEach(lines::add);
    }

    /** True for a declaration without documentation. A comment moved above it must not become its documentation. */
    private static boolean isUndocumented(SyntaxNode node) {
        return node instanceof Statement.Declaration declaration
                        && declaration.doc().isEmpty()
                || node instanceof Statement.SdeDeclaration sde && sde.doc().isEmpty()
                || node instanceof Statement.Param param && param.doc().isEmpty();
    }

    /** Lines in braces, which are the end of {@code whole}. */
    <N extends SyntaxNode> Doc braced(List<N> nodes, Span whole, Function<N, Doc> print) {
        int end = whole.end() - 1;
        int first = nodes.isEmpty() ? end : nodes.getFirst().span().start();
        List<Comment> ofHeader = original.ofHeader(first);
        if (nodes.isEmpty() && ofHeader.isEmpty() && !original.hasBefore(end)) {
            return Doc.text("{ }");
        }
        Lines lines = new Lines();
        lines.addMoved(Comments.withoutFirst(ofHeader));
        add(nodes, end, print, lines);
        Doc inside = lines.isEmpty() ? Doc.NOTHING : Doc.of(Doc.HARD, lines.doc());
        return Doc.of(Doc.text("{"), Comments.trailing(ofHeader), Doc.indented(inside), Doc.HARD, Doc.text("}"));
    }
}
