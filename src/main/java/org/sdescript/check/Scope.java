package org.sdescript.check;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names of one body: those it binds somewhere, those bound so far on the way through it, what is known of them. */
final class Scope {
    private final Optional<Scope> outer;
    private final Set<String> all = new HashSet<>();
    private final Set<String> bound = new HashSet<>();
    private final Set<String> often = new HashSet<>();
    private final Map<String, Known> known = new HashMap<>();

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

    /** Names that the body binds at some place of its own, an entry for every place. */
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

    /** Remembers what a name's one binding in this body gives it; of a name that is bound again nothing is certain. */
    void learn(String name, Optional<Known> value) {
        if (!often.contains(name)) {
            value.ifPresent(certain -> known.put(name, certain));
        }
    }

    /** A body runs later than the text around it, so outer names count wherever they are bound. */
    Answer ask(String name) {
        if (bound.contains(name) || outer.filter(scope -> scope.mentions(name)).isPresent()) {
            return Answer.KNOWN;
        }
        return all.contains(name) ? Answer.LATER : Answer.UNKNOWN;
    }

    boolean mentions(String name) {
        return all.contains(name) || outer.filter(scope -> scope.mentions(name)).isPresent();
    }

    /** What is certain of a name that this scope or one further out has. */
    Optional<Known> known(String name) {
        return all.contains(name) ? Optional.ofNullable(known.get(name)) : outer.flatMap(scope -> scope.known(name));
    }

    /** The body's own names, with what is known of them. */
    Globals names() {
        return new Globals(all, known, true);
    }

    /** Whether only scopes around this one have the name. */
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
