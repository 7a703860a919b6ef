package org.sdescript.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A graph being written anew from another: the same inputs, and for each node of the old one a node of the new. */
final class GraphCopy {
    private final Graph original;
    private final GraphBuilder builder = new GraphBuilder();
    private final List<Node> inputs = new ArrayList<>();
    private final Map<Node, Node> copies = new HashMap<>();

    GraphCopy(Graph original) {
        this.original = original;
        original.inputs().forEach(type -> inputs.add(builder.input(type, null)));
    }

    /** What stands for a node of the old graph. */
    Node of(Node node) {
        return copies.get(node);
    }

    void put(Node node, Node copy) {
        copies.put(node, copy);
    }

    /** A node of the new graph that comes from one of the old. */
    Node add(Operation operation, List<Node> operands, Node origin) {
        return operation instanceof Operation.Input(int index, Type type)
                ? inputs.get(index)
                : builder.add(operation, operands, origin.span().orElse(null));
    }

    Node number(double value) {
        return builder.number(value);
    }

    /** The node as it is, on the copies of its operands. */
    Node same(Node node) {
        return add(node.operation(), node.inputs().stream().map(this::of).toList(), node);
    }

    Graph finish() {
        return builder.build(original.outputs().stream().map(this::of).toList());
    }
}
