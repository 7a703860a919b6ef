package org.sdescript.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sdescript.runtime.TensorSource;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;

/**
 * A value without a counterpart in Java: a process, a trained model, a data set, a formula. The value can be passed
 * back to its run; the run does not free it while Java references it.
 *
 * <pre>{@code
 * try (SdeRun run = Sde.of("p = VP()\nfn spread(process; t = 1) = process.transition.std(t)").run()) {
 *     SdeValue process = run.get("p", SdeValue.class);
 *     String equation = process.toString();                           // dx = …
 *     double spread = run.call("spread", double.class, process, 0.5);
 *     SdeValue transition = (SdeValue) process.field("transition");   // a transition
 * }
 * }</pre>
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

    /**
     * A field, such as {@code parameters} of a model, converted as by {@link SdeRun#get(String)}.
     *
     * @throws SdeException if the value has no such field
     */
    public @Nullable Object field(String name) {
        return run.field(this, name);
    }

    /**
     * A field, converted as by {@link SdeRun#get(String, Class)}.
     *
     * @throws SdeException if the value has no such field, or the field is no value of the type
     */
    public <T> T field(String name, Class<T> type) {
        return TypedResult.of(field(name), type, "the field `" + name + "`");
    }

    SdeRun run() {
        return run;
    }

    Value value() {
        return value;
    }

    /** Returns the samples of a data set, or the tensor of another value that has one; empty for all other values. */
    Optional<NdArray> samples() {
        return value instanceof TensorSource source ? Optional.of(run.array(source)) : Optional.empty();
    }

    /** The value as {@code print} shows it. */
    @Override
    public String toString() {
        return run.doing(() -> ValueText.show(value));
    }
}
