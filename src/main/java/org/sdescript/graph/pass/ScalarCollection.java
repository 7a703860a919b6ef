package org.sdescript.graph.pass;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.Graph;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.interrupt.StopRequest;

/**
 * Combines numbers, which are computed before the kernel runs: b·(a·x) = (b·a)·x, a·x + b·x = (a + b)·x, and likewise
 * quotients, differences and signs. Numbers are double, so rounding errors decrease.
 */
final class ScalarCollection {
    /** A tensor of the new graph as a number times another tensor of the same type. */
    private record Multiple(Node number, Node tensor) {}

    private final GraphCopy copy;
    /** The nodes of the old graph that are products with numbers. */
    private final Map<Node, Multiple> multiples = new HashMap<>();

    private ScalarCollection(Graph graph) {
        copy = new GraphCopy(graph);
        graph.nodes().forEach(this::visit);
    }

    static Graph of(Graph graph) {
        return new ScalarCollection(graph).copy.finish();
    }

    private void visit(Node node) {
        StopRequest.poll();
        Multiple multiple = isFloating(node) ? multiple(node) : null;
        if (multiple == null || !multiple.tensor().type().equals(node.type())) {
            copy.put(node, copy.same(node));
            return;
        }
        multiples.put(node, multiple);
        copy.put(node, binary(BinaryOperation.MULTIPLY, multiple.number(), multiple.tensor(), node));
    }

    /** Returns the node as a multiple, or null if it is best left unchanged. */
    private @Nullable Multiple multiple(Node node) {
        return switch (node.operation()) {
            case Operation.Unary(UnaryOperation function)
            when function == UnaryOperation.NEGATE
                    && multiples.containsKey(node.inputs().getFirst()) -> {
                Multiple x = multiples.get(node.inputs().getFirst());
                yield new Multiple(
                        copy.add(new Operation.Unary(UnaryOperation.NEGATE), List.of(x.number()), node), x.tensor());
            }
            case Operation.Binary(BinaryOperation function) ->
                switch (function) {
                    case MULTIPLY -> product(node);
                    case DIVIDE -> quotient(node);
                    case ADD, SUBTRACT -> sum(node, function);
                    default -> null;
                };
            default -> null;
        };
    }

    private @Nullable Multiple product(Node node) {
        for (int place = 0; place < 2; place++) {
            Node number = node.inputs().get(place);
            Node tensor = node.inputs().get(1 - place);
            if (number.isNumber() && isFloating(tensor)) {
                Multiple inner = multiples.get(tensor);
                return inner == null
                        ? new Multiple(copy.of(number), copy.of(tensor))
                        : new Multiple(
                                binary(BinaryOperation.MULTIPLY, copy.of(number), inner.number(), node),
                                inner.tensor());
            }
        }
        return null;
    }

    /** Rewrites the quotient of a multiple only: dividing rounds better than multiplying by the reciprocal. */
    private @Nullable Multiple quotient(Node node) {
        Multiple above = multiples.get(node.inputs().get(0));
        Node below = node.inputs().get(1);
        return above == null || !below.isNumber()
                ? null
                : new Multiple(binary(BinaryOperation.DIVIDE, above.number(), copy.of(below), node), above.tensor());
    }

    private @Nullable Multiple sum(Node node, BinaryOperation function) {
        Node a = node.inputs().get(0);
        Node b = node.inputs().get(1);
        if (!isFloating(a) || !isFloating(b) || !(multiples.containsKey(a) || multiples.containsKey(b))) {
            return null;
        }
        Multiple x = multiples.getOrDefault(a, new Multiple(copy.number(1), copy.of(a)));
        Multiple y = multiples.getOrDefault(b, new Multiple(copy.number(1), copy.of(b)));
        return x.tensor() != y.tensor()
                ? null
                : new Multiple(binary(function, x.number(), y.number(), node), x.tensor());
    }

    private static boolean isFloating(Node node) {
        return !node.isNumber() && node.dtype().isFloating();
    }

    private Node binary(BinaryOperation function, Node x, Node y, Node origin) {
        return copy.add(new Operation.Binary(function), List.of(x, y), origin);
    }
}
