package org.sdescript.api;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Stream;
import org.sdescript.runtime.Value;

/**
 * The values that Java code references. Native memory that these values need is not freed while they are referenced.
 */
final class LiveReferences {
    private final Set<SdeValue> holders = Collections.newSetFromMap(new WeakHashMap<>());

    private final Set<SdeRun> runs = Collections.newSetFromMap(new WeakHashMap<>());

    /** Adds the names of a run, since statements of one run must not free the values of another. */
    void add(SdeRun run) {
        runs.add(run);
    }

    /** Removes the names of a run that is closed. */
    void remove(SdeRun run) {
        runs.remove(run);
    }

    void add(SdeValue holder) {
        holders.add(holder);
    }

    List<Value> values() {
        Stream<Value> values = holders.stream().map(SdeValue::value);
        return Stream.concat(values, runs.stream().flatMap(run -> run.own().ownValues().stream()))
                .toList();
    }
}
