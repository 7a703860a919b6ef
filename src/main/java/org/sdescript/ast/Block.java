package org.sdescript.ast;

import java.util.List;
import org.sdescript.source.Span;

/** Statements between braces. */
public record Block(List<Statement> statements, Span span) implements SyntaxNode {
    public Block {
        statements = List.copyOf(statements);
    }
}
