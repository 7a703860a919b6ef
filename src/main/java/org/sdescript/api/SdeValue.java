package org.sdescript.api;

import org.jspecify.annotations.Nullable;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;

/**
 * A value without a counterpart in Java: a process, a trained model, a data set, a formula. The value can be passed
 * back to its run; the run does not free it while Java references it.
 */
public sealed class SdeValue permits SdeFunction {
    private final SdeRun run;
    private final Value value;

    SdeValue(SdeRun run, Value value) {
        this.run = run;
        this.value = value;
    }

    /** The kind of the value, with its article: {@code a process}. */
    public String kind() {
        return value.words();
    }

    /** A field, such as {@code parameters} of a model, converted as by {@link SdeRun#get}. */
    public @Nullable Object field(String name) {
        return run.field(this, name);
    }

    SdeRun run() {
        return run;
    }

    Value value() {
        return value;
    }

    /** The value as {@code print} shows it. */
    @Override
    public String toString() {
        return run.doing(() -> ValueText.show(value));
    }
}
