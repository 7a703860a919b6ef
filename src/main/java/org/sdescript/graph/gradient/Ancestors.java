package org.sdescript.graph.gradient;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sdescript.graph.Node;

/** The nodes that given nodes are computed from. */
final class Ancestors {
    private Ancestors() {}

    /** Returns the roots and their ancestors with an id of at least {@code first}, each after its inputs. */
    static List<Node> of(List<Node> roots, int first) {
        Set<Node> seen = new HashSet<>();
        Deque<Node> waiting = new ArrayDeque<>(roots);
        while (!waiting.isEmpty()) {
            Node node = waiting.pop();
            if (node.id() >= first && seen.add(node)) {
                waiting.addAll(node.inputs());
            }
        }
        return seen.stream().sorted(Comparator.comparingInt(Node::id)).toList();
    }
}
