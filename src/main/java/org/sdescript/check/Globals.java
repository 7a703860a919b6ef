package org.sdescript.check;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names that a script has without binding them: built-ins, {@code stdlib}, imported names, and at the prompt the
 * names of earlier entries.
 *
 * @param known facts about the values of some names
 * @param complete true if no other names exist; otherwise no name is reported as unknown
 */
public record Globals(Set<String> names, Map<String, StaticValue> known, boolean complete) {
    public static final Globals NONE = new Globals(Set.of(), Map.of(), true);

    public Globals {
        names = Set.copyOf(names);
        known = Map.copyOf(known);
    }

    public static Globals of(Collection<String> names) {
        return NONE.and(names);
    }

    /** Adds names without facts; facts about replaced names are dropped. */
    public Globals and(Collection<String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<String, StaticValue> kept = new HashMap<>(known);
        more.forEach(kept::remove);
        return new Globals(union(more), kept, complete);
    }

    /** Adds names with the facts about them; a name of both has the facts of the added one only. */
    public Globals and(Globals inner) {
        Map<String, StaticValue> facts = new HashMap<>(known);
        inner.names().forEach(facts::remove);
        facts.putAll(inner.known());
        return new Globals(union(inner.names()), facts, complete && inner.complete());
    }

    /** The same names except these. */
    public Globals without(Collection<String> removed) {
        if (removed.isEmpty()) {
            return this;
        }
        Set<String> left = new HashSet<>(names);
        left.removeAll(removed);
        Map<String, StaticValue> facts = new HashMap<>(known);
        facts.keySet().removeAll(removed);
        return new Globals(left, facts, complete);
    }

    /** Adds callables with their signatures. */
    public Globals and(Map<String, Signature> signatures) {
        if (signatures.isEmpty()) {
            return this;
        }
        Map<String, StaticValue> more = new HashMap<>(known);
        signatures.forEach((name, signature) -> more.put(name, StaticValue.callable(signature)));
        return new Globals(union(signatures.keySet()), more, complete);
    }

    /**
     * The same names, when further names exist that cannot be listed. These may shadow any name, so all facts are
     * dropped.
     */
    public Globals andUnknown() {
        return new Globals(names, Map.of(), false);
    }

    /** Copies nothing if no name is new: the built-in names and those of the library are many. */
    private Set<String> union(Collection<String> more) {
        if (names.containsAll(more)) {
            return names;
        }
        Set<String> all = new HashSet<>(names);
        all.addAll(more);
        return all;
    }

    /** The facts about a name; empty if nothing is certain. */
    public Optional<StaticValue> known(String name) {
        return Optional.ofNullable(known.get(name));
    }
}
