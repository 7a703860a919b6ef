package org.sdescript.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.SlotTable;

/** A value that a script can call: a function, schedule, model or the like. */
public final class SdeFunction extends SdeValue {
    private final Callable callable;

    SdeFunction(SdeRun run, Callable callable) {
        super(run, callable);
        this.callable = callable;
    }

    public String name() {
        return callable.signature().name();
    }

    /** The names of the parameters, in the order of positional arguments. */
    public List<String> parameters() {
        return callable.signature().slots().stream().map(SlotTable.Slot::name).toList();
    }

    /** Calls with positional arguments; {@link SdeRun#get} lists how values of Java and of scripts correspond. */
    public @Nullable Object call(@Nullable Object... arguments) {
        return call(Map.of(), arguments);
    }

    /** Calls with named and positional arguments. */
    public @Nullable Object call(Map<String, ?> named, @Nullable Object... positional) {
        return run().call(callable, positional, named);
    }
}
