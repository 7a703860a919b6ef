package org.sdescript.ast;

import java.util.Optional;
import org.sdescript.source.Span;

/** An argument of a call, by position or by name. */
public record Argument(Optional<String> name, Expression value, Span span) implements SyntaxNode {}
