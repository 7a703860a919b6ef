package org.sdescript.check;

import org.sdescript.source.Span;

/**
 * The names of one scope with the facts about their values: of a program, or of the body of a callable, an {@code sde},
 * a lambda or a comprehension.
 *
 * @param span the text in which the names are visible
 */
public record ScopeFacts(Span span, Globals names) {}
