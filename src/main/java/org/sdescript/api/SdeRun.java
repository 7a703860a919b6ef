package org.sdescript.api;

import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.Program;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.interrupt.Interruption;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.RunningScript;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Environment;
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
 */
public final class SdeRun implements AutoCloseable {
    private static final Cleaner FORGOTTEN = Cleaner.create();

    /** The run that opened this one. The reference keeps the opener reachable: its end would end this run. */
    private final SdeRun opener;

    private final Pipeline pipeline;
    private final Session session;
    private final RunThread worker;
    private final Interpreter interpreter;
    private final Environment names;
    private final LiveReferences held;
    private final JavaValues exchange;
    private final Map<String, Value> told = new HashMap<>();

    SdeRun(Pipeline pipeline, Sde script) {
        this.opener = this;
        Path beside = script.file().toAbsolutePath().getParent();
        Session opened = new Session(script.settings(), new Output(script.output()), script.folders(), beside);
        RunningScript started = pipeline.bind(script.file(), script.given(), opened);
        RunThread own = new RunThread(opened);
        this.pipeline = pipeline;
        this.session = opened;
        this.worker = own;
        this.interpreter = started.interpreter();
        this.names = started.module();
        this.held = new LiveReferences();
        interpreter.root().keep(held::values);
        this.exchange = new JavaValues(this, interpreter.tensors());
        FORGOTTEN.register(this, own::stop);
    }

    private SdeRun(SdeRun other) {
        this.opener = other;
        this.pipeline = other.pipeline;
        this.session = other.session;
        this.worker = other.worker;
        this.interpreter = other.interpreter;
        this.names = interpreter.root().module();
        this.held = other.held;
        this.exchange = new JavaValues(this, interpreter.tensors());
        doing(() -> {
            held.add(this);
            return null;
        });
    }

    /** Creates a run with no names bound, in the same native memory: values can be passed between the two runs. */
    public SdeRun newNamespace() {
        return new SdeRun(this);
    }

    /**
     * Returns the value of a name: a number as a {@link Double}, a truth value as a {@link Boolean}, a {@link String},
     * a list as a {@link List}, a record as a {@link Map}, a tensor as an {@link NdArray}, {@code none} as null, a
     * callable value as an {@link SdeFunction}, any other value as an {@link SdeValue}. Functions also take all these
     * as arguments, and {@code double[]} and {@code float[]} (tensors of shape [n]), {@code double[][]} (of shape [n,
     * m]), {@code int[]} and {@code long[]} (of whole numbers).
     */
    public @Nullable Object get(String name) {
        return doing(() -> exchange.toJava(value(name)));
    }

    /** Returns a tensor, or the samples of a data set. */
    public NdArray array(String name) {
        return doing(() -> {
            Value value = value(name) instanceof TensorSource source ? source.tensor() : value(name);
            if (exchange.toJava(value) instanceof NdArray array) {
                return array;
            }
            throw new IllegalArgumentException("`" + name + "` is " + value.words() + ", and not a tensor");
        });
    }

    public double number(String name) {
        if (get(name) instanceof Double number) {
            return number;
        }
        throw new IllegalArgumentException("`" + name + "` is not a number");
    }

    public SdeFunction function(String name) {
        if (get(name) instanceof SdeFunction function) {
            return function;
        }
        throw new IllegalArgumentException("`" + name + "` is not a function");
    }

    /** Returns a function that takes a number {@code n} of samples and returns the samples. */
    public Sampler sampler(String name) {
        return new Sampler(function(name));
    }

    /** Calls a function of the script with positional arguments. */
    public @Nullable Object call(String name, @Nullable Object... arguments) {
        return function(name).call(arguments);
    }

    public void put(String name, @Nullable Object value) {
        Span from = place(name);
        doing(() -> {
            interpreter.entry(from, names, () -> {
                names.bind(name, exchange.toValue(value, from));
                told.put(name, names.bound(name));
                return null;
            });
            return null;
        });
    }

    /** The names that the script has bound, in alphabetical order. */
    public Set<String> names() {
        return doing(() -> new TreeSet<>(names.ownNames()));
    }

    /** The names whose values changed since the last call of this method, with their values. */
    public Map<String, @Nullable Object> changed() {
        return doing(() -> {
            Map<String, @Nullable Object> changes = new LinkedHashMap<>();
            for (String name : new TreeSet<>(names.ownNames())) {
                Value value = names.bound(name);
                if (value != told.put(name, value)) {
                    changes.put(name, exchange.toJava(value));
                }
            }
            return changes;
        });
    }

    /**
     * Sets the folders besides the run's own that the script may write into from now on, in place of {@link Sde#write}.
     */
    public void write(List<Path> folders) {
        List<Path> allowed = List.copyOf(folders);
        doing(() -> {
            session.folders().allowWriting(allowed);
            return null;
        });
    }

    /**
     * Runs more code with the names bound so far; returns the value of its last statement, null if that is no
     * expression.
     */
    public @Nullable Object eval(String text) {
        Source source = new Source("script.sde", text);
        return doing(() -> evaluated(pipeline.entry(source, names)));
    }

    /** Runs a script that was parsed before. Names that it takes from this run are resolved only when it runs. */
    public @Nullable Object eval(Sde script) {
        return doing(() -> evaluated(script.program()));
    }

    private @Nullable Object evaluated(Program program) {
        Object[] last = {null};
        interpreter.run(program, names, (statement, value) -> last[0] = exchange.toJava(value));
        return last[0];
    }

    @Nullable
    Object call(Callable callable, @Nullable Object[] positional, Map<String, ?> named) {
        Span from = place(callable.signature().name() + "(…)");
        return doing(() -> interpreter.entry(from, names, () -> {
            Map<String, Value> byName = new LinkedHashMap<>();
            named.forEach((name, value) -> byName.put(name, exchange.toValue(value, from)));
            List<Value> byPosition = java.util.Arrays.stream(positional)
                    .map(value -> exchange.toValue(value, from))
                    .toList();
            return exchange.toJava(interpreter.call(callable, new Arguments(byPosition, byName, from)));
        }));
    }

    @Nullable
    Object field(SdeValue holder, String name) {
        return doing(() -> exchange.toJava(org.sdescript.runtime.FieldAccess.of(
                holder.value(), name, interpreter, place(holder.kind() + "." + name))));
    }

    <T extends SdeValue> T hold(T holder) {
        held.add(holder);
        return holder;
    }

    Environment own() {
        return names;
    }

    boolean shares(SdeRun other) {
        return opener.session == other.session;
    }

    <T> T doing(Supplier<T> work) {
        try {
            return worker.run(work);
        } catch (Interruption stopped) {
            CancellationException cancelled = new CancellationException("the script was interrupted");
            cancelled.initCause(stopped);
            throw cancelled;
        }
    }

    private Value value(String name) {
        Value value = names.find(name);
        if (value != null) {
            return value;
        }
        Diagnostic unknown = Diagnostic.error("E0301", null, "unknown name `" + name + "`");
        throw Spelling.nearest(name, names.names())
                .map(close -> unknown.help("did you mean `" + close + "`?"))
                .orElse(unknown)
                .raise();
    }

    /** The position that errors report for a call from Java. */
    private static Span place(String text) {
        return new Source("java", text).span(0, text.length());
    }

    @Override
    public void close() {
        worker.stop();
    }
}
