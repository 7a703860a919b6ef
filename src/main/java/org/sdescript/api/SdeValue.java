package org.sdescript.api;

import org.sdescript.runtime.Show;
import org.sdescript.runtime.Value;

/**
 * A value that Java has nothing like: a process, a trained model, a data set, a formula. It can be given back to the
 * run it came from, which keeps it as long as it is held.
 */
public sealed class SdeValue permits SdeFunction {
    private final SdeRun run;
    private final Value value;

    SdeValue(SdeRun run, Value value) {
        this.run = run;
        this.value = value;
    }

    /** What it is, with its article: {@code a process}. */
    public String kind() {
        return value.kind();
    }

    /** A field of it, such as {@code parameters} of a model; as {@link SdeRun#get} gives values. */
    public Object field(String name) {
        return run.field(this, name);
    }

    SdeRun run() {
        return run;
    }

    Value value() {
        return value;
    }

    /** As {@code print} shows it. */
    @Override
    public String toString() {
        return run.doing(() -> Show.show(value));
    }
}
