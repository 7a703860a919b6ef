package org.sdescript.check;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names of one body: all names that it binds, the names bound up to the present statement, and facts about their
 * values.
 */
final class Scope {
    private final Optional<Scope> outer;
    private final Set<String> all = new HashSet<>();
    private final Set<String> bound = new HashSet<>();
    private final Set<String> often = new HashSet<>();
    private final Map<String, StaticValue> known = new HashMap<>();

    enum Answer {
        KNOWN,
        LATER,
        UNKNOWN
    }

    private Scope(Optional<Scope> outer) {
        this.outer = outer;
    }

    static Scope outermost() {
        return new Scope(Optional.empty());
    }

    Scope inner() {
        return new Scope(Optional.of(this));
    }

    /** Adds names that the body binds somewhere, with one entry per binding. */
    Scope willBind(List<String> names) {
        names.forEach(name -> {
            if (!all.add(name)) {
                often.add(name);
            }
        });
        return this;
    }

    Scope bind(Collection<String> names) {
        all.addAll(names);
        bound.addAll(names);
        return this;
    }

    /** Records the facts about a name with a single binding in this body; a name bound twice has no facts. */
    void learn(String name, Optional<StaticValue> value) {
        if (!often.contains(name)) {
            value.ifPresent(certain -> known.put(name, certain));
        }
    }

    /**
     * Looks a name up. A body runs later than the text around it, so an outer name counts as bound wherever its binding
     * stands.
     */
    Answer ask(String name) {
        if (bound.contains(name) || outer.filter(scope -> scope.mentions(name)).isPresent()) {
            return Answer.KNOWN;
        }
        return all.contains(name) ? Answer.LATER : Answer.UNKNOWN;
    }

    boolean mentions(String name) {
        return all.contains(name) || outer.filter(scope -> scope.mentions(name)).isPresent();
    }

    /** The facts about a name of this scope or an outer one. */
    Optional<StaticValue> known(String name) {
        return all.contains(name) ? Optional.ofNullable(known.get(name)) : outer.flatMap(scope -> scope.known(name));
    }

    /** The body's own names, with their facts. */
    Globals names() {
        return new Globals(all, known, true);
    }

    /** True if only outer scopes have the name. */
    boolean isOuter(String name) {
        return !all.contains(name)
                && outer.filter(scope -> scope.mentions(name)).isPresent();
    }

    Set<String> visible() {
        Set<String> names = new HashSet<>(all);
        outer.ifPresent(scope -> names.addAll(scope.visible()));
        return names;
    }
}
