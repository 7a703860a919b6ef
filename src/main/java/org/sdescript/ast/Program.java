package org.sdescript.ast;

import java.util.List;
import org.sdescript.source.Span;

/** One file or one entry at the prompt. */
public record Program(List<Statement> statements, Span span) implements Node {
    public Program {
        statements = List.copyOf(statements);
    }
}
