package org.sdescript.ast;

import java.util.List;
import org.sdescript.source.Span;

/** One line of an {@code sde} body. */
public sealed interface SdeItem extends SyntaxNode {

    /** {@code t in [a, b]}. */
    record TimeDomain(String time, Expression from, Expression to, Span span) implements SdeItem {}

    /** {@code i in 1..1000}: the index of a chain. */
    record ChainIndex(String index, Expression from, Expression to, Span span) implements SdeItem {}

    /**
     * {@code c = 3}. The name {@code prior} sets the prior; {@code start} sets the initial law of states without data.
     */
    record LocalValue(String name, Expression value, Span nameSpan, Span span) implements SdeItem {}

    /** {@code sigma(t) = lo*(hi/lo)^t}. */
    record LocalFunction(String name, List<Parameter> variables, Expression value, Span nameSpan, Span span)
            implements SdeItem {
        public LocalFunction {
            variables = List.copyOf(variables);
        }
    }

    /** The line {@code stratonovich}: every noise of this body is in Stratonovich's sense. */
    record Stratonovich(Span span) implements SdeItem {}

    /** {@code dx = f dt + g dw}; {@code state} is the name without the d. */
    record ItoEquation(String state, List<EquationTerm> terms, Span stateSpan, Span span) implements SdeItem {
        public ItoEquation {
            terms = List.copyOf(terms);
        }
    }

    /** {@code x(t) = s(t)*x(0) + b(t)*noise}; in {@code value} x(0) is a call of the state, noise a name. */
    record TransitionEquation(String state, String time, Expression value, Span stateSpan, Span span)
            implements SdeItem {}

    /** {@code x[i] = sqrt(1 - beta[i])*x[i-1] + sqrt(beta[i])*noise}. */
    record ChainEquation(String state, String index, Expression value, Span stateSpan, Span span) implements SdeItem {}
}
