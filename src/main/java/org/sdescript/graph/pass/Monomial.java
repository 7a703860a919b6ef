package org.sdescript.graph.pass;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.UnaryOperation;

/** A tensor as a number times powers of other tensors: −1/√v has the factor −1 and v with the power −½. */
record Monomial(double factor, Map<Node, Double> powers) {
    /** The depth to which products are decomposed; beyond it shared parts would be visited exponentially often. */
    private static final int DEPTH = 8;

    /**
     * Decomposes a node; casts and reshapes are transparent.
     *
     * @param whole nodes not to decompose, since others are powers of them: those under a root, as √v² is v but √(w²)
     *      is not w
     */
    static Monomial of(Node node, Set<Node> whole) {
        return of(node, whole, DEPTH);
    }

    private static Monomial of(Node node, Set<Node> whole, int depth) {
        if (depth == 0 || whole.contains(node)) {
            return base(node, 1);
        }
        return switch (node.operation()) {
            case Operation.Number(double value) -> new Monomial(value, Map.of());
            case Operation.Reshape reshape -> of(node.inputs().getFirst(), whole, depth - 1);
            case Operation.Cast cast
            when isFloating(node.inputs().getFirst()) -> of(node.inputs().getFirst(), whole, depth - 1);
            case Operation.Unary(UnaryOperation function) -> ofFunction(function, node, whole, depth);
            case Operation.Binary(BinaryOperation function) -> ofPair(function, node, whole, depth);
            default -> base(node, 1);
        };
    }

    private static Monomial ofFunction(UnaryOperation function, Node node, Set<Node> whole, int depth) {
        Node x = node.inputs().getFirst();
        return switch (function) {
            case NEGATE -> new Monomial(-1, Map.of()).times(of(x, whole, depth - 1));
            case RECIPROCAL -> of(x, whole, depth - 1).power(-1);
            case SQUARE -> of(x, whole, depth - 1).power(2);
            case SQRT -> base(x, 0.5);
            default -> base(node, 1);
        };
    }

    private static Monomial ofPair(BinaryOperation function, Node node, Set<Node> whole, int depth) {
        Node x = node.inputs().get(0);
        Node y = node.inputs().get(1);
        return switch (function) {
            case MULTIPLY -> of(x, whole, depth - 1).times(of(y, whole, depth - 1));
            case DIVIDE -> of(x, whole, depth - 1).times(of(y, whole, depth - 1).power(-1));
            default -> base(node, 1);
        };
    }

    private static boolean isFloating(Node node) {
        return !node.isNumber() && node.dtype().isFloating();
    }

    private static Monomial base(Node node, double power) {
        return new Monomial(1, Map.of(node, power));
    }

    Monomial times(Monomial other) {
        Map<Node, Double> product = new HashMap<>(powers);
        other.powers.forEach((node, power) -> product.merge(node, power, Double::sum));
        product.values().removeIf(power -> power == 0);
        return new Monomial(factor * other.factor, product);
    }

    private Monomial power(int exponent) {
        Map<Node, Double> result = new HashMap<>();
        powers.forEach((node, power) -> result.put(node, exponent * power));
        return new Monomial(Math.pow(factor, exponent), result);
    }

    boolean isNumber() {
        return powers.isEmpty();
    }
}
