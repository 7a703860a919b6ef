package org.sdescript.api;

import java.util.List;
import java.util.Map;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Signature;

/** A function, schedule, model or whatever else a script can call. */
public final class SdeFunction extends SdeValue {
    private final Callable callable;

    SdeFunction(SdeRun run, Callable callable) {
        super(run, callable);
        this.callable = callable;
    }

    public String name() {
        return callable.signature().name();
    }

    /** What it takes, by name, in the order of positional arguments. */
    public List<String> parameters() {
        return callable.signature().slots().stream().map(Signature.Slot::name).toList();
    }

    /** Calls it with positional arguments; see {@link SdeRun#get} for which values of Java are which of the script. */
    public Object call(Object... arguments) {
        return call(Map.of(), arguments);
    }

    /** Calls it with arguments by name and, before them, by position. */
    public Object call(Map<String, ?> named, Object... positional) {
        return run().call(callable, positional, named);
    }
}
