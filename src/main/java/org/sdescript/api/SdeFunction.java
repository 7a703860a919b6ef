package org.sdescript.api;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.SlotTable;

/**
 * A value that a script can call: a function, schedule, model or the like. Arguments and results are values as {@link
 * SdeRun} describes them.
 *
 * <pre>{@code
 * try (SdeRun run = Sde.of("fn scaled(x; by = 1) = by*x").run()) {
 *     SdeFunction scaled = run.function("scaled");
 *     double six = scaled.call(double.class, 3, 2);
 *     double nine = (double) scaled.call(Map.of("by", 3), 3);
 *     List<String> names = scaled.parameters(); // x, by
 * }
 * }</pre>
 */
public final class SdeFunction extends SdeValue {
    private final Callable callable;

    SdeFunction(SdeRun run, Callable callable) {
        super(run, callable);
        this.callable = callable;
    }

    /** Returns the name of the declaration; a lambda has a name that says so. */
    public String name() {
        return callable.signature().name();
    }

    /** The names of the parameters, in the order of positional arguments. */
    public List<String> parameters() {
        return callable.signature().slots().stream().map(SlotTable.Slot::name).toList();
    }

    /**
     * Calls with positional arguments.
     *
     * @throws SdeException if an argument is wrong or the function fails
     */
    public @Nullable Object call(@Nullable Object... arguments) {
        return call(Map.of(), arguments);
    }

    /**
     * Calls with positional arguments and returns the result as {@link SdeRun#get(String, Class)} does.
     *
     * @throws SdeException if an argument is wrong, the function fails, or the result is no value of the type
     */
    public <T> T call(Class<T> type, @Nullable Object... arguments) {
        return typed(type, call(arguments));
    }

    /**
     * Calls with named and positional arguments.
     *
     * @throws SdeException if an argument is wrong or the function fails
     */
    public @Nullable Object call(Map<String, ?> named, @Nullable Object... positional) {
        return run().call(callable, positional, named);
    }

    /**
     * Calls with named and positional arguments and returns the result as {@link SdeRun#get(String, Class)} does.
     *
     * @throws SdeException if an argument is wrong, the function fails, or the result is no value of the type
     */
    public <T> T call(Class<T> type, Map<String, ?> named, @Nullable Object... positional) {
        return typed(type, call(named, positional));
    }

    /**
     * Begins a call and returns at once. Cancelling the future stops the call, also {@code orTimeout} does. An error is
     * the cause of the future's exception, an {@link SdeException}.
     */
    public CompletableFuture<@Nullable Object> callAsync(@Nullable Object... arguments) {
        return run().callAsync(callable, arguments, result -> result);
    }

    /**
     * Begins a call as {@link #callAsync(Object...)} does; the result is converted as {@link SdeRun#get(String, Class)}
     * does, and a value of another type is an error.
     */
    public <T> CompletableFuture<T> callAsync(Class<T> type, @Nullable Object... arguments) {
        return run().callAsync(callable, arguments, result -> typed(type, result));
    }

    <T> T typed(Class<T> type, @Nullable Object result) {
        return TypedResult.of(result, type, "the result of `" + name() + "`");
    }
}
