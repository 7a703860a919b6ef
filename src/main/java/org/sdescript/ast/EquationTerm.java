package org.sdescript.ast;

import java.util.Optional;
import org.sdescript.source.Span;

/**
 * A term of an Itô equation, {@code coefficient differential}.
 *
 * @param negated true if the sign before the term is a minus
 * @param coefficient absent in a bare {@code dw}
 * @param differential {@code dt}, {@code dw}, {@code dw_1}…
 * @param stratonovich true for {@code b ∘ dw}
 * @param matrix true for {@code B@dw}, whose coefficient is a matrix
 */
public record EquationTerm(
        boolean negated,
        Optional<Expression> coefficient,
        boolean stratonovich,
        boolean matrix,
        String differential,
        Span differentialSpan,
        Span span)
        implements SyntaxNode {

    public boolean isDrift() {
        return differential.equals(Differentials.TIME);
    }
}
