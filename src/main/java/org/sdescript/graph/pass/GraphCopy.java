package org.sdescript.graph.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sdescript.graph.Graph;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Type;

/** A rewrite of a graph: the same inputs, and for each node of the old graph a node of the new one. */
final class GraphCopy {
    private final Graph original;
    private final GraphBuilder builder = new GraphBuilder();
    private final List<Node> inputs = new ArrayList<>();
    private final Map<Node, Node> copies = new HashMap<>();

    GraphCopy(Graph original) {
        this.original = original;
        original.inputs().forEach(type -> inputs.add(builder.input(type, null)));
    }

    /** Returns the new node for a node of the old graph that has one. */
    Node of(Node node) {
        return Objects.requireNonNull(known(node));
    }

    /** Returns the new node for a node of the old graph, or null if there is none so far. */
    @Nullable
    Node known(Node node) {
        return copies.get(node);
    }

    void put(Node node, Node copy) {
        copies.put(node, copy);
    }

    /** Adds a node to the new graph, with the span of a node of the old one. */
    Node add(Operation operation, List<Node> operands, Node origin) {
        return operation instanceof Operation.Input(int index, Type type)
                ? inputs.get(index)
                : builder.add(operation, operands, origin.span().orElse(null));
    }

    Node number(double value) {
        return builder.number(value);
    }

    /** Copies a node unchanged, onto the copies of its operands. */
    Node same(Node node) {
        return add(node.operation(), node.inputs().stream().map(this::of).toList(), node);
    }

    Graph finish() {
        return builder.build(original.outputs().stream().map(this::of).toList());
    }
}
