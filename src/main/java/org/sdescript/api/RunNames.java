package org.sdescript.api;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Value;

/** The names of a run, and which of their values a program was told. */
final class RunNames {
    private final Environment scope;
    private final Map<String, Value> told = new HashMap<>();

    RunNames(Environment scope) {
        this.scope = scope;
    }

    Environment scope() {
        return scope;
    }

    /** Returns the names in alphabetical order. */
    Set<String> all() {
        return new TreeSet<>(scope.ownNames());
    }

    /** Returns a value, also of an outer scope. */
    Value value(String name) {
        Value value = scope.find(name);
        if (value != null) {
            return value;
        }
        throw SdeException.of(
                "E0301",
                "unknown name `" + name + "`",
                Spelling.nearest(name, scope.names())
                        .map(close -> "did you mean `" + close + "`?")
                        .orElse(""));
    }

    /** Binds a name to a value that the program has given, and returns the value. */
    Value bind(String name, Value value) {
        scope.bind(name, value);
        told.put(name, value);
        return value;
    }

    /** Returns the values that changed since the last call. */
    Map<String, @Nullable Object> changed(Function<Value, @Nullable Object> toJava) {
        Map<String, @Nullable Object> changes = new LinkedHashMap<>();
        for (String name : all()) {
            Value value = scope.bound(name);
            if (value != told.put(name, value)) {
                changes.put(name, toJava.apply(value));
            }
        }
        return changes;
    }
}
