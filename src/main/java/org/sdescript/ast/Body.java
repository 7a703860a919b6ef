package org.sdescript.ast;

import java.util.Optional;
import org.sdescript.source.Span;

/** The body of a callable: one expression after {@code =}, a block with {@code return}, or code in Java. */
public sealed interface Body extends SyntaxNode {

    record Single(Expression expression, Span span) implements Body {}

    record Statements(Block block, Span span) implements Body {}

    /**
     * The body of a {@code native fn}, which the declaration does not show.
     *
     * @param rest true if any number of further variables is allowed, {@code print(…)}
     * @param gives the kind of every result, if the declaration names one
     */
    record Native(boolean rest, Optional<String> gives, Span span) implements Body {}
}
