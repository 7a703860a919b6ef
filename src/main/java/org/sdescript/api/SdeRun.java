package org.sdescript.api;

import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.Program;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.RunningScript;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.FieldAccess;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.TensorSource;
import org.sdescript.runtime.Value;
import org.sdescript.source.Source;
import org.sdescript.source.Span;

/**
 * A script that has run: its names, functions and trained models. Any thread may call; the calls of several threads run
 * one after the other, on the run's own thread. Interrupting a waiting thread stops the script, and the thread gets a
 * {@link CancellationException}. Closing frees the native memory.
 *
 * <pre>{@code
 * record Summary(double mean, double[] ends) {}
 * Sde script = Sde.of("fn summary(x) = {mean: mean(x), ends: [min(x), max(x)]}");
 * try (SdeRun run = script.run()) {
 *     run.put("weights", new double[] {1, 2, 3});
 *     Summary summary = run.call("summary", Summary.class, run.get("weights"));
 *     double total = run.eval("sum(weights)", double.class); // 6.0
 * }
 * }</pre>
 *
 * <p>Values of Java become values of scripts, as parameters, arguments and by {@link #put}:
 *
 * <table>
 * <caption>What goes in</caption>
 * <tr><th>Java</th><th>script</th></tr>
 * <tr><td>a number, {@code boolean}</td><td>a number, a truth value</td></tr>
 * <tr><td>a string, {@code char}, an enum constant, {@link Path}</td><td>a string</td></tr>
 * <tr><td>{@code double[]}, {@code float[]} of any number of dimensions, {@link NdArray}</td><td>a tensor in the
 * precision of the run</td></tr>
 * <tr><td>{@code int[]}, {@code long[]}, {@code short[]}, {@code byte[]}, {@code boolean[]}, likewise</td><td>a tensor
 * of whole numbers or truth values</td></tr>
 * <tr><td>{@link Iterable}, an array of objects</td><td>a list</td></tr>
 * <tr><td>{@link Map}, {@link Record}</td><td>a record</td></tr>
 * <tr><td>null, an empty {@link java.util.Optional}</td><td>{@code none}</td></tr>
 * <tr><td>{@link SdeValue}, {@link SdeFunction}, {@link Sampler}</td><td>the value itself, in its own run</td></tr>
 * </table>
 */
public final class SdeRun implements AutoCloseable {
    private static final Cleaner FORGOTTEN = Cleaner.create();

    /** The run that opened this one. The reference keeps the opener reachable: its end would end this run. */
    private final SdeRun opener;

    private final Pipeline pipeline;
    private final Session session;
    private final Output output;
    private final RunThread worker;
    private final Interpreter interpreter;
    private final RunNames names;
    private final LiveReferences held;
    private final JavaValues exchange;
    private volatile @Nullable Duration limit;
    private volatile boolean closed;

    SdeRun(Pipeline pipeline, Sde script) {
        this.opener = this;
        this.output = script.console();
        this.limit = script.limit();
        Path beside = script.file().toAbsolutePath().getParent();
        Session opened = new Session(script.settings(), output, script.folders(), beside);
        Span from = ApiWords.caller("with(…)");
        RunningScript started = pipeline.bind(
                script.file(), ParameterValues.of(script.given(), plain -> converted(plain, from)), opened);
        RunThread own = new RunThread(opened);
        this.pipeline = pipeline;
        this.session = opened;
        this.worker = own;
        this.interpreter = started.interpreter();
        this.names = new RunNames(started.module());
        this.held = new LiveReferences();
        held.add(this);
        interpreter.root().keep(held::values);
        this.exchange = new JavaValues(this, interpreter.tensors());
        FORGOTTEN.register(this, own::stop);
    }

    private SdeRun(SdeRun other) {
        this.opener = other.opener;
        this.pipeline = other.pipeline;
        this.session = other.session;
        this.output = other.output;
        this.worker = other.worker;
        this.interpreter = other.interpreter;
        this.names = new RunNames(interpreter.root().module());
        this.held = other.held;
        this.limit = other.limit;
        this.exchange = new JavaValues(this, interpreter.tensors());
        work(() -> held.add(this));
    }

    private Value converted(@Nullable Object plain, Span from) {
        return exchange.toValue(plain, from);
    }

    /**
     * Creates a run with no names bound, in the same native memory: values can be passed between the two runs. Closing
     * the new run frees its names only; closing this run closes both.
     */
    public SdeRun newNamespace() {
        return new SdeRun(this);
    }

    /**
     * Returns the value of a name: a number, or a tensor without axes as {@code sum} returns it, as a {@link Double}, a
     * truth value as a {@link Boolean}, a {@link String}, a list as a {@link List}, a record as a {@link Map}, a tensor
     * as an {@link NdArray}, {@code none} as null, a callable value as an {@link SdeFunction}, any other value as an
     * {@link SdeValue}.
     *
     * @throws SdeException if the script has no such name
     */
    public @Nullable Object get(String name) {
        return doing(() -> exchange.toJava(names.value(name)));
    }

    /**
     * Returns the value of a name as a type: a number as {@code double}, {@code int} and the like, a string also as an
     * enum constant, a tensor, a list of numbers or a data set as an array with as many dimensions as it has axes
     * ({@code double[][].class}) or as an {@link NdArray}, a list as an array of any type, a record as a {@link Record}
     * by the names of its components, and all that {@link #get(String)} returns. Components may be lists, maps,
     * records and {@link java.util.Optional}s.
     *
     * @throws SdeException if the script has no such name, or the value is no value of the type; {@code none} is none
     */
    public <T> T get(String name, Class<T> type) {
        return TypedResult.of(get(name), type, "`" + name + "`");
    }

    /**
     * Returns a tensor, the samples of a data set, or a list of numbers.
     *
     * @throws SdeException if the script has no such name, or the value is no tensor
     */
    public NdArray array(String name) {
        return get(name, NdArray.class);
    }

    NdArray array(TensorSource source) {
        return doing(() -> {
            if (source.tensor() instanceof Value.TensorValue(var tensor)) {
                return JavaValues.array(tensor);
            }
            throw new IllegalStateException("a traced value outside of its kernel");
        });
    }

    /** @throws SdeException if the script has no such name, or the value is no number */
    public double number(String name) {
        return get(name, double.class);
    }

    /** @throws SdeException if the script has no such name, or the value cannot be called */
    public SdeFunction function(String name) {
        return get(name, SdeFunction.class);
    }

    /**
     * Returns a function that takes a number {@code n} of samples and returns the samples.
     *
     * @throws SdeException if the script has no such function
     */
    public Sampler sampler(String name) {
        return get(name, Sampler.class);
    }

    /**
     * Calls a function of the script with positional arguments.
     *
     * @throws SdeException if the script has no such function, an argument is wrong, or the function fails
     */
    public @Nullable Object call(String name, @Nullable Object... arguments) {
        return function(name).call(arguments);
    }

    /**
     * Calls a function of the script and returns the result as a type, as {@link #get(String, Class)} does.
     *
     * @throws SdeException if the script has no such function, an argument is wrong, the function fails, or the result
     *     is no value of the type
     */
    public <T> T call(String name, Class<T> type, @Nullable Object... arguments) {
        return function(name).call(type, arguments);
    }

    /** Begins a call and returns at once; see {@link SdeFunction#callAsync}. */
    public CompletableFuture<@Nullable Object> callAsync(String name, @Nullable Object... arguments) {
        return function(name).callAsync(arguments);
    }

    /** Begins a call, whose result is a value of a type; see {@link SdeFunction#callAsync(Class, Object...)}. */
    public <T> CompletableFuture<T> callAsync(String name, Class<T> type, @Nullable Object... arguments) {
        return function(name).callAsync(type, arguments);
    }

    /**
     * Binds a name.
     *
     * @throws SdeException if the object is no value of a script
     */
    public void put(String name, @Nullable Object value) {
        Object plain = PlainData.of(value, "`" + name + "`");
        Span from = ApiWords.caller(name);
        work(() -> interpreter.entry(from, names.scope(), () -> names.bind(name, exchange.toValue(plain, from))));
    }

    /** The names that the script has bound, in alphabetical order. */
    public Set<String> names() {
        return doing(names::all);
    }

    /** The names whose values changed since the last call of this method, with their values. */
    public Map<String, @Nullable Object> changed() {
        return doing(() -> names.changed(exchange::toJava));
    }

    /**
     * Sets the folders besides the run's own that the script may write into from now on, in place of {@link Sde#write}.
     */
    public void write(List<Path> folders) {
        List<Path> allowed = List.copyOf(folders);
        work(() -> session.folders().allowWriting(allowed));
    }

    /**
     * Limits the time of each later call of this run, with the time that the call waits for others; in place of {@link
     * Sde#timeLimit}. A call that takes longer is stopped at its next step, and throws an {@link SdeException} with the
     * code E0909. The run goes on.
     *
     * @param longest the limit; {@link Duration#ZERO} for none
     */
    public void timeLimit(Duration longest) {
        limit = longest.isZero() ? null : longest;
    }

    /** Sets the listener for the progress of this run from now on, in place of {@link Sde#progress}. */
    public void progress(Consumer<? super SdeProgress> listener) {
        output.tell(listener);
    }

    /**
     * Stops the call under way, at its next step; its caller gets a {@link CancellationException}. Calls that wait go
     * on. Without a call under way, nothing happens.
     */
    public void cancel() {
        worker.interrupt();
    }

    /**
     * Runs more code with the names bound so far; returns the value of its last statement, null if that is no
     * expression.
     *
     * @throws SdeException if the code is wrong or fails
     */
    public @Nullable Object eval(String text) {
        Source source = new Source("script.sde", text);
        return doing(() -> evaluated(pipeline.entry(source, names.scope())));
    }

    /**
     * Runs more code and returns the value of its last statement as a type, as {@link #get(String, Class)} does.
     *
     * @throws SdeException if the code is wrong or fails, or if the value is no value of the type
     */
    public <T> T eval(String text, Class<T> type) {
        return TypedResult.of(eval(text), type, "the value");
    }

    /**
     * Runs a script that was parsed before. Names that it takes from this run are resolved only when it runs.
     *
     * @throws SdeException if the script fails
     */
    public @Nullable Object eval(Sde script) {
        return doing(() -> evaluated(script.program()));
    }

    private @Nullable Object evaluated(Program program) {
        Object[] last = {null};
        interpreter.run(program, names.scope(), (statement, value) -> last[0] = exchange.toJava(value));
        return last[0];
    }

    /** Begins the script itself; the future's value is this run, which is closed if the script fails or is stopped. */
    CompletableFuture<SdeRun> begin(Sde script) {
        CompletableFuture<SdeRun> begun = worker.start(
                () -> {
                    evaluated(script.program());
                    return this;
                },
                limit);
        begun.whenComplete((run, failure) -> {
            if (failure != null) {
                close();
            }
        });
        return begun;
    }

    @Nullable
    Object call(Callable callable, @Nullable Object[] positional, Map<String, ?> named) {
        return doing(calling(FunctionCall.of(callable, positional, named)));
    }

    /** @param result converts the result, on the run's thread */
    <T> CompletableFuture<T> callAsync(
            Callable callable, @Nullable Object[] positional, Function<@Nullable Object, T> result) {
        requireOpen();
        Supplier<@Nullable Object> call = calling(FunctionCall.of(callable, positional, Map.of()));
        return worker.start(() -> result.apply(call.get()), limit);
    }

    private Supplier<@Nullable Object> calling(FunctionCall call) {
        return () ->
                interpreter.entry(call.from(), names.scope(), () -> exchange.toJava(call.on(interpreter, exchange)));
    }

    @Nullable
    Object field(SdeValue holder, String name) {
        return doing(() -> exchange.toJava(
                FieldAccess.of(holder.value(), name, interpreter, ApiWords.caller(holder.kind() + "." + name))));
    }

    <T extends SdeValue> T hold(T holder) {
        held.add(holder);
        return holder;
    }

    /** The state that all namespaces of this run share. */
    Session session() {
        return session;
    }

    Environment own() {
        return names.scope();
    }

    <T> T doing(Supplier<T> work) {
        requireOpen();
        return worker.run(work, limit);
    }

    private void work(Runnable work) {
        doing(() -> {
            work.run();
            return null;
        });
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the run is closed");
        }
    }

    /** Stops accepting calls and frees the native memory after the calls begun so far; other runs are not affected. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (opener == this) {
            closed = true;
            worker.stop();
        } else {
            leave();
        }
    }

    /** Closes a namespace: its values are freed with the next statement of another run. */
    private void leave() {
        try {
            work(() -> held.remove(this));
        } catch (IllegalStateException over) {
            // the opener was closed, or this thread was interrupted: nothing of this run is kept
        } finally {
            closed = true;
        }
    }
}
