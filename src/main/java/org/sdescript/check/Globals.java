package org.sdescript.check;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names a script finds without binding them: built-ins, {@code stdlib}, what its imports bring, and at the prompt
 * what was bound before.
 *
 * @param known what is certain of some of them
 * @param complete whether there are no others; where there may be, no name is called unknown
 */
public record Globals(Set<String> names, Map<String, Known> known, boolean complete) {
    public static final Globals NONE = new Globals(Set.of(), Map.of(), true);

    public Globals {
        names = Set.copyOf(names);
        known = Map.copyOf(known);
    }

    public static Globals of(Collection<String> names) {
        return NONE.and(names);
    }

    /** With more names of which only that is known; what was known of one of them no longer counts. */
    public Globals and(Collection<String> more) {
        Map<String, Known> kept = new HashMap<>(known);
        kept.keySet().removeAll(more);
        return new Globals(union(more), kept, complete);
    }

    /** With callables of which it is known what they take. */
    public Globals and(Map<String, Signature> signatures) {
        Map<String, Known> more = new HashMap<>(known);
        signatures.forEach((name, signature) -> more.put(name, Known.callable(signature)));
        return new Globals(union(signatures.keySet()), more, complete);
    }

    /** The same, where further names exist that nobody could list; they may be bound over these. */
    public Globals andUnknown() {
        return new Globals(names, Map.of(), false);
    }

    private Set<String> union(Collection<String> more) {
        Set<String> all = new HashSet<>(names);
        all.addAll(more);
        return all;
    }

    Optional<Known> known(String name) {
        return Optional.ofNullable(known.get(name));
    }
}
