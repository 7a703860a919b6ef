package org.sdescript.script;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.script.AbstractScriptEngine;
import javax.script.Bindings;
import javax.script.Compilable;
import javax.script.CompiledScript;
import javax.script.Invocable;
import javax.script.ScriptContext;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptException;
import javax.script.SimpleBindings;
import org.jspecify.annotations.Nullable;
import org.sdescript.api.Sde;
import org.sdescript.api.SdeFunction;
import org.sdescript.api.SdeRun;
import org.sdescript.diagnostic.SdeError;

/**
 * An engine is one continuing run: evaluations with the engine's bindings find the names of earlier evaluations; an
 * evaluation with other bindings has only the names in these. {@link SdeRun} lists the values. Several threads may use
 * an engine. A mistake is a {@link ScriptException} with its line, whose cause is an {@link
 * org.sdescript.api.SdeException}.
 *
 * <pre>{@code
 * ScriptEngine engine = new ScriptEngineManager().getEngineByName("sde");
 * engine.put("x", new double[] {1, 2, 3});
 * double total = (double) engine.eval("sum(x)"); // 6.0
 * engine.eval("fn twice(y) = 2*y");
 * Object twice = ((Invocable) engine).invokeFunction("twice", total);
 * }</pre>
 */
public final class SdeScriptEngine extends AbstractScriptEngine implements Compilable, Invocable, AutoCloseable {
    /**
     * The attribute of a context that names the folders that scripts may write into besides {@code runs/embedded}: a
     * {@link Path}, a {@link File}, a string, or a collection of these. Scripts cannot bind a name with a dot.
     */
    public static final String WRITE = "sde.write";

    private final ScriptEngineFactory factory;
    private final BindingsExchange names;
    private volatile Writer writer;

    SdeScriptEngine(ScriptEngineFactory factory) {
        this.factory = factory;
        this.writer = context.getWriter();
        this.names = new BindingsExchange(Sde.of("").output(this::print).run());
    }

    private void print(String line) {
        try {
            writer.write(line + System.lineSeparator());
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Object eval(String script, ScriptContext context) throws ScriptException {
        return evaluate(context, run -> run.eval(script));
    }

    @Override
    public Object eval(Reader reader, ScriptContext context) throws ScriptException {
        return eval(text(reader), context);
    }

    @Override
    public CompiledScript compile(String script) throws ScriptException {
        return told(() -> new SdeCompiledScript(this, Sde.of(script)));
    }

    @Override
    public CompiledScript compile(Reader reader) throws ScriptException {
        return compile(text(reader));
    }

    /** Runs a task with the names of a context, and copies the names bound by the task back into the context. */
    synchronized Object evaluate(ScriptContext context, Function<SdeRun, Object> work) throws ScriptException {
        Bindings own = context.getBindings(ScriptContext.ENGINE_SCOPE);
        BindingsExchange with = own == getBindings(ScriptContext.ENGINE_SCOPE)
                ? names
                : new BindingsExchange(names.run().newNamespace());
        writer = context.getWriter();
        return told(() -> {
            Optional.ofNullable(context.getBindings(ScriptContext.GLOBAL_SCOPE)).ifPresent(with::take);
            with.take(own);
            with.run().write(allowed(context));
            try {
                return work.apply(with.run());
            } finally {
                with.give(own);
            }
        });
    }

    @Override
    public Object invokeFunction(String name, Object... arguments) throws ScriptException, NoSuchMethodException {
        return invoke(callee(name), arguments);
    }

    /** @param record a record of a script, as a map; its field {@code name} is called */
    @Override
    public Object invokeMethod(Object record, String name, Object... arguments)
            throws ScriptException, NoSuchMethodException {
        return invoke(callee(record, name), arguments);
    }

    Object invoke(SdeFunction function, Object... arguments) throws ScriptException {
        names.run().write(allowed(context));
        return told(() -> function.call(arguments));
    }

    private static List<Path> allowed(ScriptContext context) {
        Object given = context.getAttribute(WRITE);
        Collection<?> each =
                given instanceof Collection<?> several ? several : given == null ? List.of() : List.of(given);
        return each.stream().map(SdeScriptEngine::folder).toList();
    }

    private static Path folder(Object given) {
        return switch (given) {
            case Path path -> path;
            case File file -> file.toPath();
            case String name -> Path.of(name);
            default ->
                throw new IllegalArgumentException("`" + WRITE
                        + "` is a folder, as a Path, File or String, or a collection of folders, not " + given);
        };
    }

    SdeFunction callee(String name) throws NoSuchMethodException {
        if (getBindings(ScriptContext.ENGINE_SCOPE).get(name) instanceof SdeFunction function) {
            return function;
        }
        throw new NoSuchMethodException("the script has no function `" + name + "`");
    }

    static SdeFunction callee(Object record, String name) throws NoSuchMethodException {
        if (!(record instanceof Map<?, ?> fields)) {
            throw new IllegalArgumentException("methods are fields of a record, which is a Map here");
        }
        if (fields.get(name) instanceof SdeFunction function) {
            return function;
        }
        throw new NoSuchMethodException("the record has no function `" + name + "`");
    }

    @Override
    public <T> @Nullable T getInterface(Class<T> type) {
        return Interfaces.of(type, this, this::callee);
    }

    @Override
    public <T> @Nullable T getInterface(Object record, Class<T> type) {
        return Interfaces.of(type, this, name -> callee(record, name));
    }

    @Override
    public Bindings createBindings() {
        return new SimpleBindings();
    }

    @Override
    public ScriptEngineFactory getFactory() {
        return factory;
    }

    /** Frees the native memory. Without closing, the memory is freed some time after the engine is unreachable. */
    @Override
    public void close() {
        names.run().close();
    }

    /**
     * Converts an error of the script to a {@code ScriptException} with its line and the text that the command line
     * shows.
     */
    private static <T> T told(java.util.function.Supplier<T> work) throws ScriptException {
        try {
            return work.get();
        } catch (SdeError error) {
            throw ScriptExceptions.of(error);
        }
    }

    private static String text(Reader reader) throws ScriptException {
        try {
            StringWriter text = new StringWriter();
            reader.transferTo(text);
            return text.toString();
        } catch (IOException e) {
            throw new ScriptException(e);
        }
    }
}
