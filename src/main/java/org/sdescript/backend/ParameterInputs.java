package org.sdescript.backend;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a graph that are parameters.
 *
 * @param owner may be null if there are none
 * @param names parameter names by index of the input
 */
public record ParameterInputs(@Nullable Parameters owner, Map<Integer, String> names) {
    public static final ParameterInputs NONE = new ParameterInputs(null, Map.of());

    public ParameterInputs {
        names = Map.copyOf(names);
    }

    /** The position of each parameter among the owner's, by index of the input. */
    public Map<Integer, Integer> places() {
        Map<Integer, Integer> places = new HashMap<>();
        if (owner != null) {
            List<String> all = owner.names();
            names.forEach((index, name) -> places.put(index, all.indexOf(name)));
        }
        return places;
    }

    /** The number of all the owner's parameters. */
    public int count() {
        return owner == null ? 0 : owner.names().size();
    }
}
