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
public record Known(Kind kind, Optional<Signature> signature, Set<String> configured, Optional<Globals> names) {
    public Known {
        configured = Set.copyOf(configured);
    }

    static Known of(Kind kind) {
        return new Known(kind, Optional.empty(), Set.of(), Optional.empty());
    }

    static Known callable(Signature signature) {
        return new Known(signature.kind(), Optional.of(signature), Set.of(), Optional.empty());
    }

    static Known module(Globals names) {
        return new Known(Kind.MODULE, Optional.empty(), Set.of(), Optional.of(names));
    }

    /** The same callable with more of its slots filled. */
    Known configured(Set<String> given) {
        Set<String> all = new HashSet<>(configured);
        all.addAll(given);
        return new Known(kind, signature, all, names);
    }
}
