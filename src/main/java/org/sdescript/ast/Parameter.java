package org.sdescript.ast;

import java.util.Optional;
import org.sdescript.source.Span;

/** A variable or parameter of a callable; without a default it is required. */
public record Parameter(String name, Optional<Expression> defaultValue, Span span) implements SyntaxNode {}
