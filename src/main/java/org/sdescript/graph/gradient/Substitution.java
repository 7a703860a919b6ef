package org.sdescript.graph.gradient;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.Node;

/** Replaces some nodes by others: nodes that depend on them are rebuilt, all others stay. */
final class Substitution {
    private final GraphBuilder builder;
    private final Map<Node, Node> replaced;

    Substitution(GraphBuilder builder, Map<Node, Node> replacements) {
        this.builder = builder;
        this.replaced = new HashMap<>(replacements);
    }

    List<Node> in(List<Node> roots) {
        int first = replaced.keySet().stream().mapToInt(Node::id).min().orElse(Integer.MAX_VALUE);
        Ancestors.of(roots, first).forEach(this::rebuild);
        return roots.stream().map(this::now).toList();
    }

    private void rebuild(Node node) {
        List<Node> inputs = node.inputs().stream().map(this::now).toList();
        if (!replaced.containsKey(node) && !inputs.equals(node.inputs())) {
            replaced.put(node, builder.add(node.operation(), inputs, node.span().orElse(null)));
        }
    }

    private Node now(Node node) {
        return Optional.ofNullable(replaced.get(node)).orElse(node);
    }
}
