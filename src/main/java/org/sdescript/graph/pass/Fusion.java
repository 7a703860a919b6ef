package org.sdescript.graph.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.Graph;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.UnaryOperation;

/**
 * Fuses updates such as a·x + b·y + c·z to one pass over memory per term: x + c·y is one operation, and so is x + y·z.
 * A product with other readers stays, since fusing would compute it twice. A tensor that is added to a linear layer's
 * result, such as a skip connection, becomes the start value of the layer's sum.
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
            if (function == BinaryOperation.ADD && isAdded(node, x) && isLayer(node, y)) {
                return onLayer(node, x, y);
            }
            if (function == BinaryOperation.ADD && isAdded(node, y) && isLayer(node, x)) {
                return onLayer(node, y, x);
            }
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
                && isReadOnce(node)
                && node.inputs().stream().allMatch(factor -> factor.isNumber() || isTensor(sum, factor));
    }

    private boolean isScaled(Node sum, Node node) {
        return isProduct(sum, node) && node.inputs().stream().anyMatch(Node::isNumber);
    }

    private static boolean isAdded(Node sum, Node node) {
        return node.type().equals(sum.type()) && node.shape().rank() == 2;
    }

    /** True for a layer with bias; without one, fusing the addition saves no pass. */
    private boolean isLayer(Node sum, Node node) {
        return node.operation() instanceof Operation.Linear
                && node.type().equals(sum.type())
                && node.inputs().size() == 3
                && node.inputs().stream().allMatch(input -> isTensor(sum, input))
                && isReadOnce(node);
    }

    private boolean isReadOnce(Node node) {
        return uses.getOrDefault(node, 0) == 1;
    }

    private Node onLayer(Node node, Node added, Node layer) {
        List<Node> operands =
                new ArrayList<>(layer.inputs().stream().map(copy::of).toList());
        operands.add(copy.of(added));
        return copy.add(new Operation.AddLinear(), operands, node);
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
