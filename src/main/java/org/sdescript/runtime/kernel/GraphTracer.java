package org.sdescript.runtime.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sdescript.backend.Operand;
import org.sdescript.backend.Parameters;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.HostProgram;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Type;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.TensorSource;
import org.sdescript.runtime.Tracer;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * A trace in progress: the graph, the source of each of its inputs, and the assumptions that decide whether a later
 * call may reuse the kernel.
 */
final class GraphTracer implements Tracer {

    /** The source of an input's value when the kernel is called. */
    sealed interface Source {
        /** The tensor or number at this position among the leaves of the arguments. */
        record Argument(int leaf) implements Source {}

        /** A tensor captured from the scope of the kernel's body. */
        record Captured(Tensor tensor) implements Source {}

        record Parameter(Parameters parameters, String name) implements Source {}
    }

    /** A name outside the kernel that the trace read; {@code seen} is null if the scope did not bind the name. */
    record Read(Environment holder, String name, @Nullable Value seen) {
        boolean holds() {
            return Objects.equals(seen, holder.own(name));
        }
    }

    /** A number that decided a branch or a loop during the trace. */
    record Decision(Node node, double value) {}

    /** A name in a scope; scopes are compared by identity. */
    private record Place(Environment holder, String name) {}

    private record ParameterKey(Parameters parameters, String name) {}

    private final GraphBuilder builder = new GraphBuilder();
    private final List<Source> sources = new ArrayList<>();
    private final List<Operand> actual = new ArrayList<>();
    private final Map<Tensor, Node> captured = new IdentityHashMap<>();
    private final Map<ParameterKey, Node> parameters = new HashMap<>();
    private final Map<Place, Read> reads = new HashMap<>();
    private final Map<Node, Double> decisions = new LinkedHashMap<>();
    private final List<Double> forced;
    private final Set<Environment> local = Collections.newSetFromMap(new IdentityHashMap<>());
    private @Nullable NetworkScope network;
    private long evaluations;

    GraphTracer() {
        this(List.of());
    }

    /** @param forced the outcomes of the first decisions, whatever the values of the traced call are */
    GraphTracer(List<Double> forced) {
        this.forced = List.copyOf(forced);
    }

    public GraphBuilder builder() {
        return builder;
    }

    /** Adds an input for an argument, with its value in the traced call. */
    Value argument(Operand value) {
        return value(input(new Source.Argument(sources.size()), value));
    }

    @Override
    public Value add(Operation operation, List<Value> operands, Span span) {
        return value(builder.add(operation, operands.stream().map(this::node).toList(), span));
    }

    Node captured(Tensor tensor) {
        return captured.computeIfAbsent(tensor, its -> input(new Source.Captured(its), its));
    }

    public Value parameter(Parameters owner, String name) {
        return value(parameters.computeIfAbsent(
                new ParameterKey(owner, name), key -> input(new Source.Parameter(owner, name), owner.get(name))));
    }

    private Node input(Source source, Operand value) {
        sources.add(source);
        actual.add(value);
        Type type =
                switch (value) {
                    case Operand.Number number -> Type.NUMBER;
                    case Tensor tensor -> Type.tensor(tensor.dtype(), tensor.shape());
                };
        return builder.input(type, null);
    }

    /** Returns the node of a value; a number becomes a constant, a tensor a captured input. */
    Node node(Value value) {
        return switch (value) {
            case Value.Num(double number) -> builder.number(number);
            case Value.TracedValue(Node node) -> node;
            case Value.TensorValue(Tensor tensor) -> captured(tensor);
            case TensorSource source -> node(source.tensor());
            default -> throw new IllegalStateException(value.words() + " in a kernel");
        };
    }

    /** Returns a node as a value; a constant number as a plain number. */
    static Value value(Node node) {
        return node.operation() instanceof Operation.Number(double number)
                ? Value.number(number)
                : new Value.TracedValue(node);
    }

    /** Decides a number once; a later question about the same node has the same answer. */
    @Override
    public double decide(Node node) {
        return decisions.computeIfAbsent(
                node,
                open -> decisions.size() < forced.size()
                        ? forced.get(decisions.size())
                        : HostProgram.value(open, index -> ((Operand.Number) actual.get(index)).value()));
    }

    @Override
    public void entered(Environment environment) {
        local.add(environment);
    }

    /**
     * A script may later bind a name of the standard library. The trace's own scopes and the library are not recorded,
     * since they cannot change.
     */
    @Override
    public void read(Environment scope, Environment holder, String name, Value seen) {
        for (Environment each = scope; each != null && each != holder; each = each.parent()) {
            remember(each, name, null);
        }
        remember(holder, name, seen);
    }

    private void remember(Environment holder, String name, @Nullable Value seen) {
        if (!local.contains(holder) && holder.parent() != null) {
            reads.putIfAbsent(new Place(holder, name), new Read(holder, name, seen));
        }
    }

    List<Source> sources() {
        return sources;
    }

    List<Read> reads() {
        return List.copyOf(reads.values());
    }

    List<Decision> decisions() {
        return decisions.entrySet().stream()
                .map(decided -> new Decision(decided.getKey(), decided.getValue()))
                .toList();
    }

    /** Returns the scope of the network being traced, or null outside of networks. */
    @Nullable
    NetworkScope network() {
        return network;
    }

    /** Makes this scope's parameters current for the layers; returns the previous scope, null if none was. */
    @Nullable
    NetworkScope enterNetwork(@Nullable NetworkScope scope) {
        NetworkScope before = network;
        network = scope;
        return before;
    }

    @Override
    public void countEvaluation() {
        evaluations++;
    }

    long evaluations() {
        return evaluations;
    }
}
