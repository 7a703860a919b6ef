package org.sdescript.backend;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which inputs of a graph are parameters.
 *
 * @param owner may be null where there are none
 * @param names by the input's index
 */
public record ParameterInputs(Parameters owner, Map<Integer, String> names) {
    public static final ParameterInputs NONE = new ParameterInputs(null, Map.of());

    public ParameterInputs {
        names = Map.copyOf(names);
    }

    /** The place of each among the owner's parameters. */
    public Map<Integer, Integer> places() {
        Map<Integer, Integer> places = new HashMap<>();
        if (owner != null) {
            List<String> all = owner.names();
            names.forEach((index, name) -> places.put(index, all.indexOf(name)));
        }
        return places;
    }

    /** Of all the owner's parameters. */
    public int count() {
        return owner == null ? 0 : owner.names().size();
    }
}
