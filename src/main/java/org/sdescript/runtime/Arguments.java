package org.sdescript.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.ast.Argument;
import org.sdescript.source.Span;

/**
 * The evaluated arguments of one call.
 *
 * @param span the whole call, for errors
 * @param written the arguments as written in the script; empty if a built-in is the caller
 */
public record Arguments(List<Value> positional, Map<String, Value> named, Span span, List<Argument> written) {
    public Arguments {
        positional = List.copyOf(positional);
        named = named.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(named));
        written = List.copyOf(written);
    }

    public Arguments(List<Value> positional, Map<String, Value> named, Span span) {
        this(positional, named, span, List.of());
    }

    public static Arguments of(Span span, Value... positional) {
        return new Arguments(List.of(positional), Map.of(), span);
    }

    /** Returns the span of the argument with this name or at this position; the whole call if neither is written. */
    Span place(String name, int position) {
        int passed = 0;
        for (Argument argument : written) {
            if (argument.name().isPresent() ? argument.name().get().equals(name) : passed++ == position) {
                return argument.value().span();
            }
        }
        return span;
    }
}
