package org.sdescript.runtime.kernel;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.DType;
import org.sdescript.graph.Node;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Closure;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.SlotTable;
import org.sdescript.runtime.TensorLeaves;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/** Calls networks: as a block of another network, or from a model with the model's parameters. */
public final class Networks {
    private final Interpreter interpreter;
    private final Kernels kernels;

    Networks(Interpreter interpreter, Kernels kernels) {
        this.interpreter = interpreter;
        this.kernels = kernels;
    }

    Value call(Closure network, Map<String, Value> given, Span span) {
        NetworkScope scope = kernels.networkScope();
        if (scope == null) {
            String name = network.signature().name();
            throw Diagnostic.error("E0512", span, "the network " + name + " has no parameters yet")
                    .help("train it: `score = train(" + name + "(), data, process)`, then call the score")
                    .raise();
        }
        return scope.within(network.signature().name(), () -> network.evaluate(interpreter, given, span));
    }

    /** Traces a network's output with these parameters, inside the current trace. */
    public Value output(Callable network, ParameterSource parameters, Arguments arguments) {
        GraphTracer tracer = kernels.trace();
        NetworkScope before = tracer.enterNetwork(new NetworkScope(parameters));
        try {
            return network.call(interpreter, arguments);
        } finally {
            tracer.enterNetwork(before);
        }
    }

    /** Returns the variables of a network after x and t, such as labels. */
    public static List<SlotTable.Slot> further(Callable network) {
        return network.signature().variables().stream().skip(2).toList();
    }

    /**
     * The way in which a network uses a variable after x and t.
     *
     * @param isRead true if the output depends on the variable
     * @param parameters the parameters of the network when the variable is given
     */
    public record VariableUse(boolean isRead, Set<String> parameters) {}

    /**
     * Traces a network for x of this shape; runs nothing.
     *
     * @param variable the variable whose use is asked for
     * @param types the types of the variables after x and t that are given, this one among them
     */
    public VariableUse use(Callable network, String variable, Shape x, Map<String, Type> types, Span span) {
        GraphTracer tracer = new GraphTracer();
        DType precision = interpreter.tensors().precision();
        Shape samples = Shape.of(x.size(0));
        Set<String> parameters = new LinkedHashSet<>();
        ParameterSource source = new ParameterSource() {
            @Override
            public Value parameter(String path, Shape shape, InitialValues initial, Span place) {
                parameters.add(path);
                return input(tracer, precision, shape);
            }

            @Override
            public boolean isTraining() {
                return false;
            }
        };
        return kernels.tracing(tracer, () -> {
            List<Value> inputs = List.of(input(tracer, precision, x), input(tracer, precision, samples));
            Map<String, Value> given = new LinkedHashMap<>();
            types.forEach((name, type) -> given.put(name, input(tracer, type)));
            Value output = output(network, source, new Arguments(inputs, given, span));
            Node seen = tracer.node(Objects.requireNonNull(given.get(variable)));
            boolean isRead = TensorLeaves.traced(output).stream().anyMatch(node -> reaches(node, seen));
            return new VariableUse(isRead, parameters);
        });
    }

    private static Value input(GraphTracer tracer, DType type, Shape shape) {
        return input(tracer, Type.tensor(type, shape));
    }

    private static Value input(GraphTracer tracer, Type type) {
        return GraphTracer.value(tracer.builder().input(type, null));
    }

    private static boolean reaches(Node from, Node wanted) {
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Node> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (node == wanted) {
                return true;
            }
            if (seen.add(node)) {
                open.addAll(node.inputs());
            }
        }
        return false;
    }

    /**
     * Traces the layers of a network for x of this shape, without running them.
     *
     * @param given values of further variables; a missing required variable becomes one number per sample
     */
    public NetworkOutline outline(Callable network, Shape x, Map<String, Value> given, Span span) {
        NetworkOutline outline = new NetworkOutline(interpreter.tensors());
        kernels.tracing(new GraphTracer(), () -> {
            Shape samples = Shape.of(x.rank() == 0 ? 1 : x.size(0));
            List<Value> variables = List.of(outline.input(x, span), outline.input(samples, span));
            Map<String, Value> named = new LinkedHashMap<>(given);
            further(network).stream()
                    .filter(SlotTable.Slot::isRequired)
                    .forEach(slot -> named.computeIfAbsent(slot.name(), name -> outline.input(samples, span)));
            return output(network, outline, new Arguments(variables, named, span));
        });
        return outline;
    }
}
