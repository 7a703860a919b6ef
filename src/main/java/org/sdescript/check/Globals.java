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
 * @param signatures what is known of the callables among them
 * @param complete whether there are no others; where there may be, no name is called unknown
 */
public record Globals(Set<String> names, Map<String, Signature> signatures, boolean complete) {
    public static final Globals NONE = new Globals(Set.of(), Map.of(), true);

    public Globals {
        names = Set.copyOf(names);
        signatures = Map.copyOf(signatures);
    }

    public static Globals of(Collection<String> names) {
        return NONE.and(names);
    }

    /** With more names of which only that is known; a signature known under one of them no longer counts. */
    public Globals and(Collection<String> more) {
        Map<String, Signature> kept = new HashMap<>(signatures);
        kept.keySet().removeAll(more);
        return new Globals(union(more), kept, complete);
    }

    /** With callables of which it is known what they take. */
    public Globals and(Map<String, Signature> more) {
        Map<String, Signature> known = new HashMap<>(signatures);
        known.putAll(more);
        return new Globals(union(more.keySet()), known, complete);
    }

    /** The same, where further names exist that nobody could list. */
    public Globals andUnknown() {
        return new Globals(names, signatures, false);
    }

    private Set<String> union(Collection<String> more) {
        Set<String> all = new HashSet<>(names);
        all.addAll(more);
        return all;
    }

    Optional<Signature> signature(String name) {
        return Optional.ofNullable(signatures.get(name));
    }
}
