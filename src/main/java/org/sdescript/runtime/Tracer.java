package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.sdescript.backend.Operand;
import org.sdescript.backend.Parameters;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.HostProgram;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Type;

/**
 * One kernel being traced: its graph so far, where each input of the graph comes from, and what the trace took for
 * granted, so that a later call knows whether the kernel still holds.
 */
public final class Tracer {

    /** Where an input's value is found when the kernel is called. */
    sealed interface Source {
        /** The tensor or number at this place among the leaves of the arguments. */
        record Argument(int leaf) implements Source {}

        /** A tensor that was in sight of the kernel's body. */
        record Captured(Tensor tensor) implements Source {}

        record Parameter(Parameters parameters, String name) implements Source {}
    }

    /** A name outside the kernel that the trace has read, or, where {@code seen} is null, has looked for in vain. */
    record Read(Environment holder, String name, Value seen) {
        boolean holds() {
            return Objects.equals(seen, holder.own(name));
        }
    }

    /** A number that decided a branch or a loop while tracing. */
    record Decision(Node node, double value) {}

    /** A name in an environment; environments are equal only to themselves. */
    private record Place(Environment holder, String name) {}

    private record ParameterKey(Parameters parameters, String name) {}

    private final GraphBuilder builder = new GraphBuilder();
    private final List<Source> sources = new ArrayList<>();
    private final List<Operand> actual = new ArrayList<>();
    private final Map<Tensor, Node> captured = new IdentityHashMap<>();
    private final Map<ParameterKey, Node> parameters = new HashMap<>();
    private final Map<Place, Read> reads = new HashMap<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final Set<Environment> local = Collections.newSetFromMap(new IdentityHashMap<>());
    private NetworkScope network;
    private long evaluations;

    public GraphBuilder builder() {
        return builder;
    }

    /** An input for an argument with the value it has in the call that is being traced. */
    Value argument(Operand value) {
        return value(input(new Source.Argument(sources.size()), value));
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

    /** The node of a value, made a constant or a captured input if it has none. */
    Node node(Value value) {
        return switch (value) {
            case Value.Num(double number) -> builder.number(number);
            case Value.TracedValue(Node node) -> node;
            case Value.TensorValue(Tensor tensor) -> captured(tensor);
            case TensorSource source -> node(source.tensor());
            default -> throw new IllegalStateException(value.kind() + " in a kernel");
        };
    }

    /** A node as a value; numbers that are known are plain numbers. */
    static Value value(Node node) {
        return node.operation() instanceof Operation.Number(double number)
                ? Value.number(number)
                : new Value.TracedValue(node);
    }

    /**
     * The value a traced number has in this call. The kernel is then good only for calls in which it has the same
     * value: numbers are on the host, so branching on them makes one kernel per branch.
     */
    double decide(Node node) {
        double value = HostProgram.value(node, index -> ((Operand.Number) actual.get(index)).value());
        decisions.add(new Decision(node, value));
        return value;
    }

    void entered(Environment environment) {
        local.add(environment);
    }

    /**
     * Remembers what was found from a scope outwards, and that nothing nearer hid it: a script may bind a name of its own
     * over one of the standard library. What belongs to the trace itself is no news to it, and the library is fixed.
     */
    void read(Environment scope, Environment holder, String name, Value seen) {
        for (Environment each = scope; each != holder; each = each.parent()) {
            remember(each, name, null);
        }
        remember(holder, name, seen);
    }

    private void remember(Environment holder, String name, Value seen) {
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
        return List.copyOf(decisions);
    }

    NetworkScope network() {
        return network;
    }

    /** Makes a network's parameters the ones its layers find; returns those before. */
    NetworkScope enterNetwork(NetworkScope scope) {
        NetworkScope before = network;
        network = scope;
        return before;
    }

    void countEvaluation() {
        evaluations++;
    }

    long evaluations() {
        return evaluations;
    }
}
