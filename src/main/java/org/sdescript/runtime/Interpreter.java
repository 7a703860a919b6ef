package org.sdescript.runtime;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.sdescript.ast.Block;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/** Walks programs. Holds what the walk needs: the session, the kernels, and the trace under way if there is one. */
public final class Interpreter {
    private static final int DEEPEST_CALL = 20_000;

    private final Session session;
    private final Environment root;
    private final Tensors tensors;
    private final Kernels kernels = new Kernels(this);
    private final Networks networks = new Networks(this);
    private final Evaluator evaluator;
    private final Statements statements;
    private Tracer tracer;
    private int depth;

    /** @param root holds built-ins and the standard library */
    public Interpreter(Session session, Environment root, Modules modules) {
        this.session = session;
        this.root = root;
        this.tensors = new Tensors(session, this);
        this.evaluator = new Evaluator(this);
        this.statements = new Statements(this, modules);
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

    public Kernels kernels() {
        return kernels;
    }

    public Networks networks() {
        return networks;
    }

    /** The trace under way, or null. */
    public Tracer tracer() {
        return tracer;
    }

    /** Where layers find their parameters now, or null outside of networks. */
    public NetworkScope networkScope() {
        return tracer == null ? null : tracer.network();
    }

    /** Runs the statements of a file; each frees the native memory it no longer needs. */
    public void run(Program program, Environment module) {
        run(program, module, Listener.NONE);
    }

    /** Told of each statement that has been run. */
    @FunctionalInterface
    public interface Listener {
        Listener NONE = (statement, value) -> {};

        /** @param value what an expression that stands alone gives, {@code none} after other statements; freed afterwards */
        void ran(Statement statement, Value value);
    }

    /** Runs an entry at the prompt, where it is told what each statement gives. */
    public void run(Program program, Environment module, Listener listener) {
        for (Statement statement : program.statements()) {
            entry(statement.span(), module, () -> {
                listener.ran(statement, statements.value(statement, module));
                return null;
            });
        }
    }

    /** Does something as a statement of a module would: what it made and no name leads to is freed afterwards. */
    public <T> T entry(Span span, Environment module, Supplier<T> work) {
        Region region = session.openRegion();
        try {
            return session.stoppable(work);
        } catch (StackOverflowError | OutOfMemoryError exhausted) {
            throw Exhaustion.of(exhausted, span);
        } finally {
            session.endStatement(region, () -> Reach.of(module));
        }
    }

    public Value evaluate(Expression expression, Environment environment) {
        return evaluator.evaluate(expression, environment);
    }

    /** The value of a callable's body; what it made and did not return is freed. */
    Value runBody(Block block, Environment local) {
        Region region = tracer == null ? session.openRegion() : null;
        Value[] result = {Value.None.NONE};
        try {
            result[0] = statements.runBody(block, local);
        } finally {
            if (region != null) {
                session.endRegion(region, () -> Reach.of(result[0]));
            }
        }
        return result[0];
    }

    /** Calls a callable with positional arguments, on behalf of a built-in. */
    public Value call(Callable callable, Span span, Value... arguments) {
        return call(callable, Arguments.of(span, arguments));
    }

    public Value call(Callable callable, Arguments arguments) {
        session.checkInterrupted();
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
     * The environment of a call: what is given, and defaults for the rest, evaluated in order.
     *
     * @param call where it is called from
     */
    Environment enter(Signature signature, Map<String, Value> given, Environment scope, Span call) {
        Environment local = scope.call(isSymbolic(given));
        if (tracer != null) {
            tracer.entered(local);
        }
        for (Signature.Slot slot : signature.slots()) {
            Value value = given.get(slot.name());
            if (value != null && call != null) {
                local.bind(slot.name(), value, Origin.argument(call));
            } else {
                local.bind(slot.name(), value != null ? value : fallback(slot.fallback(), local));
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

    private Value fallback(Signature.Fallback fallback, Environment local) {
        return switch (fallback) {
            case Signature.Fallback.Constant(Value value) -> value;
            case Signature.Fallback.Computed(Expression expression) -> evaluate(expression, local);
            case Signature.Fallback.Required required -> throw new IllegalStateException("required");
        };
    }

    /** Does something while operations on tensors go to a trace instead of being done. */
    <T> T tracing(Tracer trace, Supplier<T> work) {
        Tracer before = tracer;
        tracer = trace;
        try {
            return work.get();
        } finally {
            tracer = before;
        }
    }

    /** The elements of what a loop or comprehension goes over. */
    public List<Value> elements(Value value, Span span) {
        return Sequences.elements(value, tensors, span);
    }

    /** The sequence, of which a loop over it shows how far it is. */
    public Value watched(Value sequence, String title, Span span) {
        elements(sequence, span);
        return new Sequences.WatchedList(sequence, title);
    }
}
