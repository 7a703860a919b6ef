package org.sdescript.ast;

import org.sdescript.source.Span;

/**
 * The declared order of convergence, {@code of order 2} or {@code of strong order 1/2}.
 *
 * @param strong true for the strong order of paths, false for the order of a solution without noise
 * @param value may read the declaration's parameters
 */
public record Order(boolean strong, Expression value, Span span) implements SyntaxNode {}
