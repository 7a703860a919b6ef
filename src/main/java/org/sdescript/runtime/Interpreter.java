package org.sdescript.runtime;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.Block;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.Node;
import org.sdescript.source.Span;

/** Evaluates programs. Holds the session, the kernels, and the current trace, if any. */
public final class Interpreter {
    private static final int DEEPEST_CALL = 20_000;

    private final Session session;
    private final Environment root;
    private final Tensors tensors;
    private final KernelRunner kernels;
    private final ProcessFactory processes;
    private final List<Program> library;
    private final UnitRunner units;
    private final Evaluator evaluator;
    private final Statements statements;
    private int depth;

    /**
     * @param root the scope of built-ins and the standard library
     * @param kernels makes the runner of kernels of this interpreter
     * @param library the files of the standard library
     * @param units makes the runner of work in units
     */
    public Interpreter(
            Session session,
            Environment root,
            Importer modules,
            ProcessFactory processes,
            Function<Interpreter, KernelRunner> kernels,
            List<Program> library,
            Function<Interpreter, UnitRunner> units) {
        this.session = session;
        this.root = root;
        this.processes = processes;
        this.library = library;
        this.tensors = new Tensors(session, this);
        this.evaluator = new Evaluator(this);
        this.statements = new Statements(this, modules);
        this.kernels = kernels.apply(this);
        this.units = units.apply(this);
    }

    public Session session() {
        return session;
    }

    public Environment root() {
        return root;
    }

    public Tensors tensors() {
        return tensors;
    }

    public KernelRunner kernels() {
        return kernels;
    }

    /** Returns the runner of work in units. */
    public UnitRunner units() {
        return units;
    }

    /** Returns the trees of the library's files; the name of each source is a path such as {@code stdlib/losses.sde}. */
    public List<Program> libraryFiles() {
        return library;
    }

    ProcessFactory processes() {
        return processes;
    }

    /** Returns the current trace, or null. */
    public @Nullable Tracer tracer() {
        return kernels.tracer();
    }

    /** Returns the value of a traced number in this call, see {@link Tracer#decide}. */
    public double decide(Node node) {
        return Objects.requireNonNull(kernels.tracer()).decide(node);
    }

    /** Returns a function of the standard library. */
    public Callable library(String name) {
        return (Callable) root.bound(name);
    }

    /** Runs the statements of a file; each statement frees its unreachable native memory. */
    public void run(Program program, Environment module) {
        run(program, module, Listener.NONE);
    }

    /** Receives each completed statement. */
    @FunctionalInterface
    public interface Listener {
        Listener NONE = (statement, value) -> {};

        /**
         * @param value the value of an expression statement, {@code none} for other statements; freed after the call
         */
        void ran(Statement statement, Value value);
    }

    /** Runs an entry at the prompt and passes the value of each statement to the listener. */
    public void run(Program program, Environment module, Listener listener) {
        for (Statement statement : program.statements()) {
            entry(statement.span(), module, () -> {
                listener.ran(statement, statements.value(statement, module));
                return null;
            });
        }
    }

    /** Runs work as a statement of a module: new native memory that no name reaches is freed afterwards. */
    public <T> T entry(Span span, Environment module, Supplier<T> work) {
        MemoryScope region = session.memory().open();
        try {
            return session.stop().stoppable(work);
        } catch (StackOverflowError | OutOfMemoryError exhausted) {
            throw OutOfResources.of(exhausted, span);
        } finally {
            session.memory().endStatement(region, () -> Reachability.of(module));
        }
    }

    public Value evaluate(Expression expression, Environment environment) {
        return evaluator.evaluate(expression, environment);
    }

    /** Evaluates a callable's body; new native memory outside the result is freed. */
    Value runBody(Block block, Environment local) {
        return keepingOnlyResult(() -> statements.runBody(block, local));
    }

    /** Runs work; new native memory outside the result is freed. */
    public Value keepingOnlyResult(Supplier<Value> work) {
        MemoryScope region = tracer() == null ? session.memory().open() : null;
        Value[] result = {Value.None.NONE};
        try {
            result[0] = work.get();
        } finally {
            if (region != null) {
                session.memory().end(region, () -> Reachability.of(result[0]));
            }
        }
        return result[0];
    }

    /** Calls a callable with positional arguments, for a built-in. */
    public Value call(Callable callable, Span span, Value... arguments) {
        return call(callable, Arguments.of(span, arguments));
    }

    public Value call(Callable callable, Arguments arguments) {
        session.stop().check();
        if (++depth > DEEPEST_CALL) {
            depth = 0;
            throw Diagnostic.error("E0460", arguments.span(), "calls nest deeper than " + DEEPEST_CALL)
                    .help("a recursion needs a case that ends it; a long loop is better written with `for` or `while`")
                    .raise();
        }
        try {
            return callable.call(this, arguments);
        } finally {
            depth = Math.max(0, depth - 1);
        }
    }

    /**
     * Runs work and returns the error of the script that ended it, if any. An interruption, a fault of sde, and an
     * error that ends the run pass through.
     */
    public Optional<SdeError> attempt(Span place, Runnable work) {
        int calls = depth;
        SdeError caught;
        try {
            work.run();
            return Optional.empty();
        } catch (SdeError error) {
            caught = error;
        } catch (StackOverflowError | OutOfMemoryError exhausted) {
            caught = OutOfResources.of(exhausted, place);
        }
        if (caught.endsRun()) {
            throw caught;
        }
        depth = calls;
        return Optional.of(caught);
    }

    /**
     * Opens the scope of a call: binds the given values, and evaluates the other defaults in order.
     *
     * @param call the span of the call, for the origin of the values
     */
    Environment enter(SlotTable signature, Map<String, Value> given, Environment scope, Span call) {
        Environment local = scope.call(isSymbolic(given));
        Tracer tracer = tracer();
        if (tracer != null) {
            tracer.entered(local);
        }
        for (SlotTable.Slot slot : signature.slots()) {
            Value value = given.get(slot.name());
            if (value != null && call != null) {
                local.bind(slot.name(), value, ValueOrigin.argument(call));
            } else {
                local.bind(slot.name(), value != null ? value : fallback(slot, local));
            }
        }
        return local;
    }

    private static boolean isSymbolic(Map<String, Value> given) {
        for (Value value : given.values()) {
            if (value instanceof Value.FormulaValue) {
                return true;
            }
        }
        return false;
    }

    private Value fallback(SlotTable.Slot slot, Environment local) {
        return switch (slot.fallback()) {
            case SlotTable.Fallback.Constant(Value value) -> value;
            case SlotTable.Fallback.Computed(Expression expression) -> {
                Value value = evaluate(expression, local);
                ArgumentBinding.refuseUnwantedDefault(slot, value, expression);
                yield value;
            }
            case SlotTable.Fallback.Required required -> throw new IllegalStateException("required");
        };
    }

    /** Returns the elements of a sequence for a loop or comprehension. */
    public List<Value> elements(Value value, Span span) {
        return ValueIteration.elements(value, tensors, span);
    }

    /** Wraps a sequence so that a loop over the sequence shows its progress. */
    public Value watched(Value sequence, String title, Span span) {
        elements(sequence, span);
        return new ValueIteration.WatchedList(sequence, title);
    }
}
