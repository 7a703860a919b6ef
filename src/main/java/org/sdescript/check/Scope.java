package org.sdescript.check;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The names of one body: those it binds somewhere, and those bound so far on the way through it. */
final class Scope {
    private final Optional<Scope> outer;
    private final Set<String> all = new HashSet<>();
    private final Set<String> bound = new HashSet<>();

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

    /** Names that the body binds at some place of its own. */
    Scope willBind(Collection<String> names) {
        all.addAll(names);
        return this;
    }

    Scope bind(Collection<String> names) {
        all.addAll(names);
        bound.addAll(names);
        return this;
    }

    /** A body runs later than the text around it, so outer names count wherever they are bound. */
    Answer ask(String name) {
        if (bound.contains(name) || outer.filter(scope -> scope.mentions(name)).isPresent()) {
            return Answer.KNOWN;
        }
        return all.contains(name) ? Answer.LATER : Answer.UNKNOWN;
    }

    private boolean mentions(String name) {
        return all.contains(name) || outer.filter(scope -> scope.mentions(name)).isPresent();
    }

    /** Whether only scopes around this one have the name. */
    boolean isOuter(String name) {
        return !all.contains(name)
                && outer.filter(scope -> scope.mentions(name)).isPresent();
    }

    /** Whether a scope further in than the outermost has this name. */
    boolean isLocal(String name) {
        return outer.isPresent() && (all.contains(name) || outer.get().isLocal(name));
    }

    Set<String> visible() {
        Set<String> names = new HashSet<>(all);
        outer.ifPresent(scope -> names.addAll(scope.visible()));
        return names;
    }
}
