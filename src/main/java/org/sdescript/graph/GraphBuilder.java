package org.sdescript.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.source.Span;

/**
 * Collects the nodes of one trace. Equal pure operations on the same nodes become one node, and arithmetic between
 * known numbers is folded, so a formula that a script repeats costs nothing extra.
 */
public final class GraphBuilder {
    private record Key(Operation operation, List<Node> inputs) {}

    private final List<Type> inputs = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Key, Node> known = new HashMap<>();
    private int variables;

    public Node input(Type type, @Nullable Span span) {
        inputs.add(type);
        return add(new Operation.Input(inputs.size() - 1, type), List.of(), span);
    }

    public Node number(double value) {
        return add(new Operation.Number(value), List.of(), null);
    }

    public Node add(Operation operation, List<Node> operands, @Nullable Span span) {
        StopRequest.poll();
        Operation folded = fold(operation, operands);
        List<Node> rest = folded == operation ? operands : List.of();
        return folded.isPure()
                ? known.computeIfAbsent(new Key(folded, rest), key -> append(folded, rest, span))
                : append(folded, rest, span);
    }

    /**
     * Adds a distinct node with the value of another, for derivatives with respect to the new node; see
     * {@link org.sdescript.graph.gradient.Gradient}.
     */
    public Node variable(Node value) {
        return add(
                new Operation.Variable(variables++),
                List.of(value),
                value.span().orElse(null));
    }

    public Graph build(List<Node> outputs) {
        return Graph.reaching(inputs, nodes, outputs);
    }

    private Node append(Operation operation, List<Node> operands, @Nullable Span span) {
        Type type =
                TypeInference.infer(operation, operands.stream().map(Node::type).toList(), span);
        Node node = new Node(nodes.size(), operation, operands, type, span);
        nodes.add(node);
        return node;
    }

    private static Operation fold(Operation operation, List<Node> operands) {
        return switch (operation) {
            case Operation.Unary(UnaryOperation function)
            when operands.getFirst().operation() instanceof Operation.Number(double x) ->
                new Operation.Number(HostArithmetic.apply(function, x));
            case Operation.Binary(BinaryOperation function)
            when operands.get(0).operation() instanceof Operation.Number(double x)
                    && operands.get(1).operation() instanceof Operation.Number(double y) ->
                new Operation.Number(HostArithmetic.apply(function, x, y));
            default -> operation;
        };
    }
}
