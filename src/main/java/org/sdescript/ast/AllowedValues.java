package org.sdescript.ast;

import java.util.List;
import org.sdescript.source.Span;

/** The values that a declaration allows for a parameter, the union of its choices: {@code in (0, inf) | function}. */
public record AllowedValues(List<Choice> choices, Span span) {
    public AllowedValues {
        choices = List.copyOf(choices);
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("a parameter allows something");
        }
    }

    public sealed interface Choice {
        Span span();

        /** The numbers of an interval, {@code [0, 1)}. */
        record Interval(boolean fromIncluded, Expression from, Expression to, boolean toIncluded, Span span)
                implements Choice {}

        /** The whole numbers from one on, {@code 1..}. */
        record WholeFrom(Expression from, Span span) implements Choice {}

        /** One value, whole numbers {@code 1..3}, or the values of a kind, {@code tensor}. */
        record Of(Expression value, Span span) implements Choice {}
    }
}
