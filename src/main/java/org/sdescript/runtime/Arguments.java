package org.sdescript.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.source.Span;

/**
 * The arguments of one call, evaluated.
 *
 * @param span the whole call, for errors
 */
public record Arguments(List<Value> positional, Map<String, Value> named, Span span) {
    public Arguments {
        positional = List.copyOf(positional);
        named = named.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(named));
    }

    public static Arguments of(Span span, Value... positional) {
        return new Arguments(List.of(positional), Map.of(), span);
    }
}
