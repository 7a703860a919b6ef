package org.sdescript.check;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The facts about a value before the run.
 *
 * @param signature the signature, if the value is a callable with a known one
 * @param configured the slots filled by earlier calls
 * @param names the names of a module
 * @param fields the fields of a record with the facts about their values; empty for another value
 */
public record StaticValue(
        Kind kind,
        Optional<Signature> signature,
        Set<String> configured,
        Optional<Globals> names,
        Map<String, Optional<StaticValue>> fields) {
    public StaticValue {
        configured = Set.copyOf(configured);
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    private StaticValue(Kind kind, Optional<Signature> signature, Set<String> configured, Optional<Globals> names) {
        this(kind, signature, configured, names, Map.of());
    }

    static StaticValue record(Map<String, Optional<StaticValue>> fields) {
        return new StaticValue(Kind.RECORD, Optional.empty(), Set.of(), Optional.empty(), fields);
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
