package org.sdescript.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sdescript.interrupt.StopRequest;

/**
 * A tensor program: nodes ordered so that each follows its inputs, and the nodes whose values are the results.
 *
 * @param inputs the types of the inputs, by index
 */
public record Graph(List<Type> inputs, List<Node> nodes, List<Node> outputs) {
    public Graph {
        inputs = List.copyOf(inputs);
        nodes = List.copyOf(nodes);
        outputs = List.copyOf(outputs);
    }

    /** Builds a graph of only the nodes that the outputs need. */
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

    /** Returns one line per node: {@code %7 : float32 [64, 2] = multiply %3 %5}. */
    public String dump() {
        return GraphText.of(this);
    }
}
