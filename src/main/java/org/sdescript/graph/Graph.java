package org.sdescript.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sdescript.interrupt.StopRequest;

/**
 * A tensor program: nodes in an order in which each comes after its inputs, and those whose values are its results.
 *
 * @param inputs the types of the inputs, by index
 */
public record Graph(List<Type> inputs, List<Node> nodes, List<Node> outputs) {
    public Graph {
        inputs = List.copyOf(inputs);
        nodes = List.copyOf(nodes);
        outputs = List.copyOf(outputs);
    }

    /** Keeps only what the outputs need. */
    static Graph reaching(List<Type> inputs, List<Node> nodes, List<Node> outputs) {
        Set<Node> needed = new HashSet<>(outputs);
        List<Node> kept = new ArrayList<>();
        for (Node node : nodes.reversed()) {
            StopRequest.poll();
            if (needed.contains(node)) {
                needed.addAll(node.inputs());
                kept.add(node);
            }
        }
        return new Graph(inputs, kept.reversed(), outputs);
    }

    /** One line a node: {@code %7 : float32 [64, 2] = multiply %3 %5}. */
    public String dump() {
        return Listing.of(this);
    }
}
