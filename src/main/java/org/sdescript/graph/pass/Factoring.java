package org.sdescript.graph.pass;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.Graph;
import org.sdescript.graph.Node;
import org.sdescript.graph.NodeBuilder;
import org.sdescript.graph.Operation;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.interrupt.StopRequest;

/**
 * Takes factors with few elements, such as functions of each sample's time, out of sums, squares and products of large
 * tensors: a·y − a·z = a·(y − z) and b·(a·y)² = (b·a²)·y². Factors that cancel are removed. The score loss weighted by
 * the variance, std² (−ε̂/std + ε/std)², thus becomes the noise loss (ε̂ − ε)² of Ho et al. 2020 (eq. 14). Rounding may
 * differ, and where a factor is 0 or infinite a nan may become a number.
 */
final class Factoring {
    /** A tensor of the new graph as {@code scale · rest}; {@code pays} is true if this form takes fewer operations. */
    private record Scaled(Node scale, Node rest, boolean pays) {}

    private final GraphCopy copy;
    private final Map<Node, Integer> uses = new HashMap<>();
    /** The nodes of the old graph that are products with a smaller tensor. */
    private final Map<Node, Scaled> products = new HashMap<>();

    private final Set<Node> underRoot = new HashSet<>();

    private Factoring(Graph graph) {
        copy = new GraphCopy(graph);
        graph.nodes().forEach(node -> node.inputs().forEach(input -> uses.merge(input, 1, Integer::sum)));
        graph.outputs().forEach(output -> uses.merge(output, 1, Integer::sum));
        graph.nodes().forEach(this::visit);
    }

    static Graph of(Graph graph) {
        return new Factoring(graph).copy.finish();
    }

    private void visit(Node node) {
        StopRequest.poll();
        Scaled product = fitting(product(node), node);
        if (product != null) {
            products.put(node, product);
        }
        Node written = product != null && product.pays() ? scaled(product, node) : copy.same(node);
        if (written.operation().equals(new Operation.Unary(UnaryOperation.SQRT))) {
            underRoot.add(written.inputs().getFirst());
        }
        copy.put(node, written);
    }

    /** Returns the product, or null if its tensor has not the type of the node. */
    private static @Nullable Scaled fitting(@Nullable Scaled product, Node node) {
        return product != null && product.rest().type().equals(node.type()) ? product : null;
    }

    private Node scaled(Scaled product, Node origin) {
        return NodeBuilder.is(product.scale(), 1)
                ? product.rest()
                : binary(BinaryOperation.MULTIPLY, product.scale(), product.rest(), origin);
    }

    /** Returns the node as a product, or null if it is none. */
    private @Nullable Scaled product(Node node) {
        if (node.isNumber() || !node.dtype().isFloating()) {
            return null;
        }
        return switch (node.operation()) {
            case Operation.Unary(UnaryOperation function) -> ofFunction(function, node);
            case Operation.Binary(BinaryOperation function) ->
                switch (function) {
                    case MULTIPLY -> ofProduct(node);
                    case ADD, SUBTRACT -> ofSum(node);
                    default -> null;
                };
            default -> null;
        };
    }

    private @Nullable Scaled ofFunction(UnaryOperation function, Node node) {
        Scaled x = inside(node, 0);
        if (x == null) {
            return null;
        }
        return switch (function) {
            case SQUARE -> new Scaled(times(x.scale(), x.scale(), node), unary(function, x.rest(), node), false);
            case NEGATE -> new Scaled(unary(function, x.scale(), node), x.rest(), false);
            default -> null;
        };
    }

    private @Nullable Scaled ofProduct(Node node) {
        if (isSmall(node, 0) != isSmall(node, 1)) {
            int place = isSmall(node, 0) ? 0 : 1;
            Node factor = copy.of(node.inputs().get(place));
            Scaled inner = inside(node, 1 - place);
            return inner == null
                    ? new Scaled(factor, copy.of(node.inputs().get(1 - place)), false)
                    : new Scaled(times(factor, inner.scale(), node), inner.rest(), true);
        }
        Scaled x = inside(node, 0);
        Scaled y = inside(node, 1);
        return x == null || y == null
                ? null
                : new Scaled(
                        times(x.scale(), y.scale(), node),
                        binary(BinaryOperation.MULTIPLY, x.rest(), y.rest(), node),
                        node.inputs().get(0) != node.inputs().get(1));
    }

    private @Nullable Scaled ofSum(Node node) {
        Scaled x = inside(node, 0);
        Scaled y = inside(node, 1);
        return x == null || y == null || x.scale() != y.scale()
                ? null
                : new Scaled(x.scale(), copy.add(node.operation(), List.of(x.rest(), y.rest()), node), true);
    }

    /**
     * Returns an operand as a product if nothing else reads the operand, or null: the operand would be computed in
     * addition.
     */
    private @Nullable Scaled inside(Node node, int place) {
        Node operand = node.inputs().get(place);
        long here = node.inputs().stream().filter(operand::equals).count();
        return uses.getOrDefault(operand, 0) == here ? products.get(operand) : null;
    }

    private static boolean isSmall(Node node, int place) {
        Node operand = node.inputs().get(place);
        return !operand.isNumber()
                && operand.dtype() == node.dtype()
                && operand.shape().elements() < node.shape().elements();
    }

    /** Returns the product of two factors, or a number if the factors cancel. */
    private Node times(Node a, Node b, Node origin) {
        Monomial product = Monomial.of(a, underRoot).times(Monomial.of(b, underRoot));
        return product.isNumber() ? copy.number(product.factor()) : binary(BinaryOperation.MULTIPLY, a, b, origin);
    }

    private Node unary(UnaryOperation function, Node x, Node origin) {
        return copy.add(new Operation.Unary(function), List.of(x), origin);
    }

    private Node binary(BinaryOperation function, Node x, Node y, Node origin) {
        return copy.add(new Operation.Binary(function), List.of(x, y), origin);
    }
}
