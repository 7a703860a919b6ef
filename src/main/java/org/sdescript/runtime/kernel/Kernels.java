package org.sdescript.runtime.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.CallableKind;
import org.sdescript.backend.Operand;
import org.sdescript.backend.ParameterInputs;
import org.sdescript.backend.Parameters;
import org.sdescript.backend.Tensor;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.Graph;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Type;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Closure;
import org.sdescript.runtime.DurationText;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.KernelRunner;
import org.sdescript.runtime.LambdaValue;
import org.sdescript.runtime.Precision;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.SlotTable;
import org.sdescript.runtime.TensorLeaves;
import org.sdescript.runtime.TensorSource;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * Runs the bodies of losses, predictors, correctors and networks as kernels. A kernel is traced once per
 * configuration and argument shapes, cached, and reused while the outer values that the trace read are unchanged.
 * Kernels of freed models and tensors are evicted.
 */
public final class Kernels implements KernelRunner {
    private static final int MOST_KEYS = 256;
    private static final int MOST_VARIANTS = 64;

    /** The cache key: the callable with its configuration, and the type of each argument. */
    private record Key(Object callee, List<Object> form, Precision precision) {}

    private final Interpreter interpreter;
    private final Networks networks;
    private final Tapes tapes = new Tapes();
    private @Nullable GraphTracer tracer;
    private final Map<Key, List<Kernel>> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, List<Kernel>> eldest) {
            return size() > MOST_KEYS;
        }
    };

    public Kernels(Interpreter interpreter) {
        this.interpreter = interpreter;
        this.networks = new Networks(interpreter, this);
    }

    /** Returns the kernels of an interpreter, which itself knows only the {@link KernelRunner}. */
    public static Kernels of(Interpreter interpreter) {
        return (Kernels) interpreter.kernels();
    }

    public Networks networks() {
        return networks;
    }

    @Override
    public @Nullable GraphTracer tracer() {
        return tracer;
    }

    /** Returns the tapes of the derivatives under way. */
    Tapes tapes() {
        return tapes;
    }

    @Override
    public void ran(Operation operation, List<Operand> operands, Operand result) {
        if (tapes.areRecording()) {
            tapes.ran(
                    operation,
                    operands,
                    result,
                    interpreter.session().sampling().random());
        }
    }

    @Override
    public boolean isRecording() {
        return tapes.areRecording() && tracer == null;
    }

    @Override
    public boolean isRecorded(Value value) {
        return TensorLeaves.of(value).stream()
                .anyMatch(leaf -> leaf instanceof Value.TensorValue(Tensor tensor) && tapes.hold(tensor));
    }

    @Override
    public long recordedReads() {
        return tapes.reads();
    }

    /** Returns the current trace; there is one. */
    GraphTracer trace() {
        return Objects.requireNonNull(tracer);
    }

    /** Returns the parameter scope of the current network, or null outside of networks. */
    public @Nullable NetworkScope networkScope() {
        return tracer == null ? null : tracer.network();
    }

    /** Runs work with tensor operations recorded in a trace instead of executed. */
    <T> T tracing(GraphTracer trace, Supplier<T> work) {
        GraphTracer before = tracer;
        tracer = trace;
        try {
            return work.get();
        } finally {
            tracer = before;
        }
    }

    /**
     * Calls a network within its model. Calls any other closure inlined into the current trace; as a kernel if an
     * argument is a tensor; otherwise by direct evaluation.
     */
    @Override
    public Value call(Closure closure, Map<String, Value> given, Span span) {
        if (closure.declaration().kind() == CallableKind.NETWORK) {
            return networks.call(closure, given, span);
        }
        if (tracer != null || !TensorLeaves.anyTensor(given.values())) {
            return closure.evaluate(interpreter, given, span);
        }
        List<String> names = closure.signature().slots().stream()
                .map(SlotTable.Slot::name)
                .filter(given::containsKey)
                .toList();
        List<Value> arguments = new ArrayList<>();
        List<Value> fixed = new ArrayList<>();
        for (String name : names) {
            (closure.signature().isVariable(name) ? arguments : fixed).add(given.get(name));
        }
        return run(List.of(closure, names, fixed), arguments, span, traced -> {
            Map<String, Value> bound = new LinkedHashMap<>();
            int next = 0;
            for (String name : names) {
                bound.put(name, closure.signature().isVariable(name) ? traced.get(next++) : given.get(name));
            }
            return closure.evaluate(interpreter, bound, span);
        });
    }

    /** Inlines the body into the current trace; otherwise runs the body as a kernel, see {@link #run}. */
    public Value within(Object callee, List<Value> arguments, Span span, Function<List<Value>, Value> body) {
        return tracer != null ? body.apply(arguments) : run(callee, arguments, span, body);
    }

    /**
     * Runs a body that calls a function. A lambda's captured values are passed as arguments, since a lambda inside a
     * function is a new object in each call and would be traced each time. Captured numbers that decide shapes cannot
     * be passed; the lambda is then traced with its captured values as constants.
     */
    public Value within(
            Object callee,
            Callable function,
            List<Value> arguments,
            Span span,
            BiFunction<Callable, List<Value>, Value> body) {
        if (tracer == null && function instanceof LambdaValue lambda) {
            try {
                return withCaptured(callee, lambda, arguments, span, body);
            } catch (SdeError error) {
                return run(List.of(callee, function), arguments, span, given -> body.apply(function, given));
            }
        }
        return within(List.of(callee, function), arguments, span, given -> body.apply(function, given));
    }

    private Value withCaptured(
            Object callee,
            LambdaValue lambda,
            List<Value> arguments,
            Span span,
            BiFunction<Callable, List<Value>, Value> body) {
        List<Value> all = new ArrayList<>(arguments);
        all.add(lambda.captured());
        Environment root = interpreter.root();
        return run(List.of(callee, new LambdaValue(lambda.lambda(), root)), all, span, given -> {
            LambdaValue handedIn = lambda.among((Value.RecordValue) given.getLast(), root);
            trace().entered(handedIn.scope());
            return body.apply(handedIn, given.subList(0, arguments.size()));
        });
    }

    /**
     * Runs a body on arguments as a kernel.
     *
     * @param callee the body and everything constant between calls; compared with equals
     * @param body traced with placeholders for the tensors and numbers in the arguments
     */
    public Value run(Object callee, List<Value> arguments, Span span, Function<List<Value>, Value> body) {
        List<Operand> leaves = new ArrayList<>();
        List<Object> form = new ArrayList<>();
        arguments.forEach(argument -> describe(argument, leaves, form));
        Key key = new Key(callee, form, interpreter.session().settings().precision());
        Kernel kernel = found(key, leaves);
        if (kernel == null) {
            kernel = compiled(name(callee), arguments, body);
            keep(key, kernel);
        }
        return kernel.run(interpreter.session(), interpreter.tensors(), leaves, tapes);
    }

    /** Returns a cached kernel whose trace is valid for these arguments, or null. */
    private @Nullable Kernel found(Key key, List<Operand> leaves) {
        for (Kernel each : kept.getOrDefault(key, List.of())) {
            if (each.trace().holds(leaves)) {
                return each;
            }
        }
        return null;
    }

    /** Returns the name of a kernel: the operation, such as {@code grad}, then the callable with its configuration. */
    private static String name(Object callee) {
        return switch (callee) {
            case List<?> parts
            when parts.size() > 1 && parts.get(1) instanceof Callable function ->
                name(parts.getFirst()) + " " + function.show();
            case List<?> parts when !parts.isEmpty() -> name(parts.getFirst());
            case Callable callable -> callable.show();
            default -> callee.toString();
        };
    }

    private void keep(Key key, Kernel kernel) {
        kept.values().removeIf(variants -> {
            variants.removeIf(each -> each.trace().isOver());
            return variants.isEmpty();
        });
        List<Kernel> variants = kept.computeIfAbsent(key, its -> new ArrayList<>());
        variants.removeIf(each -> !each.trace().reads().stream().allMatch(GraphTracer.Read::holds));
        if (variants.size() >= MOST_VARIANTS) {
            variants.removeFirst();
        }
        variants.add(kernel);
    }

    private Kernel compiled(String name, List<Value> arguments, Function<List<Value>, Value> body) {
        Session session = interpreter.session();
        long start = System.nanoTime();
        Trace trace = trace(name, arguments, body);
        long traced = System.nanoTime();
        Kernel kernel = new Kernel(trace, RunnableGraph.of(trace.graph(), trace.parameters(), session.backend()));
        session.console()
                .detail(() -> "kernel " + name + ": " + trace.graph().nodes().size() + " nodes, traced in "
                        + DurationText.between(start, traced) + ", compiled in " + DurationText.since(traced));
        return kernel;
    }

    private Trace trace(String name, List<Value> arguments, Function<List<Value>, Value> body) {
        return trace(name, arguments, body, new GraphTracer(), false);
    }

    /** @param decided true if numbers are results, too, and those that decided branches are further results */
    private Trace trace(
            String name,
            List<Value> arguments,
            Function<List<Value>, Value> body,
            GraphTracer traces,
            boolean decided) {
        return tracing(traces, () -> {
            List<Value> traced = arguments.stream()
                    .map(argument -> TensorLeaves.replace(argument, leaf -> traces.argument(operand(leaf))))
                    .toList();
            Value result = body.apply(traced);
            Value tensors = TensorLeaves.replace(
                    result, leaf -> decided ? new Value.TracedValue(traces.node(leaf)) : onGraph(leaf, traces));
            List<Node> results = new ArrayList<>(TensorLeaves.traced(tensors));
            if (decided) {
                traces.decisions().forEach(decision -> results.add(decision.node()));
            }
            Graph graph = traces.builder().build(results);
            Trace trace = new Trace(
                    graph, traces.sources(), traces.reads(), traces.decisions(), tensors, traces.evaluations());
            interpreter.session().kernels().traced(name, trace.graph(), trace.parameters());
            return trace;
        });
    }

    /** Keeps numbers; a captured tensor that is returned unchanged becomes a result of the graph. */
    private static Value onGraph(Value leaf, GraphTracer tracer) {
        return leaf instanceof Value.Num ? leaf : new Value.TracedValue(tracer.node(leaf));
    }

    private void describe(Value value, List<Operand> leaves, List<Object> form) {
        switch (value) {
            case Value.ListValue(var elements) -> {
                form.add("list of " + elements.size());
                elements.forEach(element -> describe(element, leaves, form));
            }
            case Value.RecordValue(var fields) -> {
                form.add(List.copyOf(fields.keySet()));
                fields.values().forEach(field -> describe(field, leaves, form));
            }
            case Value.Num number -> {
                form.add(Type.NUMBER);
                leaves.add(operand(number));
            }
            case Value.TensorLike tensor -> {
                form.add(interpreter.tensors().type(tensor));
                leaves.add(operand(tensor));
            }
            case TensorSource source -> describe(source.tensor(), leaves, form);
            default -> form.add(value);
        }
    }

    private static Operand operand(Value leaf) {
        return switch (leaf) {
            case Value.Num(double number) -> new Operand.Number(number);
            case Value.TensorValue(var tensor) -> tensor;
            default -> throw new IllegalStateException(leaf.words() + " as an argument of a kernel");
        };
    }

    /**
     * A graph for {@code train}.
     *
     * @param inputs maps arguments of the traced types to the inputs of the graph
     * @param parameters maps a model's parameters to the inputs that hold them
     * @param names the inputs that are parameters of any model, with their names
     */
    public record Traced(
            Graph graph,
            Function<List<Value>, List<Operand>> inputs,
            Function<Parameters, ParameterInputs> parameters,
            Map<Integer, String> names) {}

    /**
     * Traces a body for a caller that passes arguments of the same types each time.
     *
     * @param name the kernel's name for listeners
     */
    public Traced prepare(String name, List<Value> arguments, Function<List<Value>, Value> body) {
        return prepared(trace(name, arguments, body));
    }

    /**
     * Traces every way of a body that decides branches by its numbers; see {@link TracedWays}. All numbers of the result
     * are results of the graph.
     */
    public List<TracedWay> ways(
            String name, List<Value> arguments, Function<List<Value>, Value> body, TracedWays.Refusals refusals) {
        return new TracedWays(forced -> trace(name, arguments, body, new GraphTracer(forced), true), refusals).all();
    }

    static Traced prepared(Trace trace) {
        return new Traced(
                trace.graph(),
                values -> trace.inputs(TensorLeaves.of(new Value.ListValue(values)).stream()
                        .map(Kernels::operand)
                        .toList()),
                trace::parameters,
                trace.names());
    }
}
