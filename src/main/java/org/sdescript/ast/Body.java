package org.sdescript.ast;

import org.sdescript.source.Span;

/** The body of a callable: one expression after {@code =}, or a block with {@code return}. */
public sealed interface Body extends SyntaxNode {

    record Single(Expression expression, Span span) implements Body {}

    record Statements(Block block, Span span) implements Body {}
}
