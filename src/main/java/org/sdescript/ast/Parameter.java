package org.sdescript.ast;

import java.util.Optional;
import org.sdescript.source.Span;

/** A variable or parameter of a callable; without a default it is required. */
public record Parameter(String name, Optional<Expression> defaultValue, Optional<AllowedValues> allowed, Span span)
        implements SyntaxNode {
    /** A variable or parameter that allows any value. */
    public Parameter(String name, Optional<Expression> defaultValue, Span span) {
        this(name, defaultValue, Optional.empty(), span);
    }
}
