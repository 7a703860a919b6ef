package org.sdescript.check;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The facts about a value before the run.
 *
 * @param signature the signature, if the value is a callable with a known one
 * @param configured the slots filled by earlier calls
 * @param names the names of a module
 */
public record StaticValue(Kind kind, Optional<Signature> signature, Set<String> configured, Optional<Globals> names) {
    public StaticValue {
        configured = Set.copyOf(configured);
    }

    static StaticValue of(Kind kind) {
        return new StaticValue(kind, Optional.empty(), Set.of(), Optional.empty());
    }

    static StaticValue callable(Signature signature) {
        return new StaticValue(signature.kind(), Optional.of(signature), Set.of(), Optional.empty());
    }

    static StaticValue module(Globals names) {
        return new StaticValue(Kind.MODULE, Optional.empty(), Set.of(), Optional.of(names));
    }

    /** The same callable with more of its slots filled. */
    StaticValue configured(Set<String> given) {
        Set<String> all = new HashSet<>(configured);
        all.addAll(given);
        return new StaticValue(kind, signature, all, names);
    }
}
