package org.sdescript.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Updates such as a·x + b·y + c·z in one pass over memory a term: x + c·y is one operation, and so is x + y·z. A product that is used
 * elsewhere too is computed as it is; fusing it would compute it twice.
 */
final class Fusion {
    private final GraphCopy copy;
    private final Map<Node, Integer> uses = new HashMap<>();

    private Fusion(Graph graph) {
        copy = new GraphCopy(graph);
        graph.nodes().forEach(node -> node.inputs().forEach(input -> uses.merge(input, 1, Integer::sum)));
        graph.outputs().forEach(output -> uses.merge(output, 1, Integer::sum));
        graph.nodes().forEach(node -> copy.put(node, fused(node)));
    }

    static Graph of(Graph graph) {
        return new Fusion(graph).copy.finish();
    }

    private Node fused(Node node) {
        if (!node.isNumber()
                && node.dtype().isFloating()
                && node.operation() instanceof Operation.Binary(var function)) {
            Node x = node.inputs().get(0);
            Node y = node.inputs().get(1);
            if (function == BinaryOperation.ADD && isTensor(node, x) && isProduct(node, y)) {
                return sum(node, x, y, false);
            }
            if (function == BinaryOperation.ADD && isTensor(node, y) && isProduct(node, x)) {
                return sum(node, y, x, false);
            }
            if (function == BinaryOperation.SUBTRACT && isTensor(node, x) && isScaled(node, y)) {
                return sum(node, x, y, true);
            }
        }
        return copy.same(node);
    }

    private static boolean isTensor(Node sum, Node node) {
        return !node.isNumber() && node.dtype() == sum.dtype();
    }

    private boolean isProduct(Node sum, Node node) {
        return isTensor(sum, node)
                && node.operation().equals(new Operation.Binary(BinaryOperation.MULTIPLY))
                && uses.get(node) == 1
                && node.inputs().stream().allMatch(factor -> factor.isNumber() || isTensor(sum, factor));
    }

    private boolean isScaled(Node sum, Node node) {
        return isProduct(sum, node) && node.inputs().stream().anyMatch(Node::isNumber);
    }

    private Node sum(Node node, Node x, Node product, boolean negative) {
        Node a = copy.of(product.inputs().get(0));
        Node b = copy.of(product.inputs().get(1));
        if (!a.isNumber() && !b.isNumber()) {
            return copy.add(new Operation.AddProduct(), List.of(copy.of(x), a, b), node);
        }
        Node factor = a.isNumber() ? a : b;
        Node scale = negative ? copy.add(new Operation.Unary(UnaryOperation.NEGATE), List.of(factor), node) : factor;
        return copy.add(new Operation.AddScaled(), List.of(copy.of(x), a.isNumber() ? b : a, scale), node);
    }
}
