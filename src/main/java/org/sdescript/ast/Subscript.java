package org.sdescript.ast;

import java.util.Optional;
import org.sdescript.source.Span;

/** One subscript between the commas of {@code x[…]}. */
public sealed interface Subscript extends SyntaxNode {

    record At(Expression index, Span span) implements Subscript {}

    /** {@code a:b} or {@code a:b:step}, each part optional. */
    record Slice(Optional<Expression> from, Optional<Expression> to, Optional<Expression> step, Span span)
            implements Subscript {}
}
