package org.sdescript.runtime;

import java.util.List;
import org.sdescript.source.Source;
import org.sdescript.source.Span;

/**
 * How a value is made again in another process: a field of another value, called with arguments if there are any, as in
 * {@code p.transition.between(s, t)}.
 */
public record Recipe(Value.Extension owner, String field, List<Value> arguments) {
    /** The place of such a call. */
    public static final Span PLACE = new Span(new Source("a value that was sent", ""), 0, 0);

    public Recipe {
        arguments = List.copyOf(arguments);
    }

    public static Recipe field(Value.Extension owner, String name) {
        return new Recipe(owner, name, List.of());
    }
}
