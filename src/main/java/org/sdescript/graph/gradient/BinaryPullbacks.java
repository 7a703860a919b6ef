package org.sdescript.graph.gradient;

import java.util.Optional;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.Node;
import org.sdescript.graph.NodeBuilder;
import org.sdescript.graph.Operation;
import org.sdescript.graph.UnaryOperation;

/**
 * The cotangents g ∂y/∂a and g ∂y/∂b for elementwise functions y of a and b. Equal operands of a maximum or minimum
 * each receive half, as in PyTorch.
 */
final class BinaryPullbacks {
    private BinaryPullbacks() {}

    static Optional<Node> of(BinaryOperation function, int place, Node y, Node g, NodeBuilder t) {
        Node a = y.inputs().get(0);
        Node b = y.inputs().get(1);
        boolean first = place == 0;
        return switch (function) {
            case ADD -> Optional.of(g);
            case SUBTRACT -> Optional.of(first ? g : t.negate(g));
            case MULTIPLY -> Optional.of(t.times(g, first ? b : a));
            case DIVIDE -> Optional.of(first ? t.over(g, b) : t.negate(t.times(t.over(g, b), y)));
            case MODULO -> Optional.of(first ? g : t.negate(t.times(g, quotient(a, b, t))));
            case POWER -> first ? base(a, b, g, t) : Optional.of(exponent(a, b, y, g, t));
            case MINIMUM, MAXIMUM -> Optional.of(share(first ? a : b, y, a, b, Cotangents.whole(g, y.type(), t), t));
            case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, AND, OR -> Optional.empty();
        };
    }

    private static Node quotient(Node a, Node b, NodeBuilder t) {
        return t.unary(UnaryOperation.FLOOR, t.over(a, b));
    }

    /** g b a^(b−1), which is 0 for b = 0 even where a is 0. */
    private static Optional<Node> base(Node a, Node b, Node g, NodeBuilder t) {
        if (b.operation() instanceof Operation.Number(double power)) {
            return power == 0 ? Optional.empty() : Optional.of(t.times(t.times(power, g), power(a, power - 1, t)));
        }
        Node slope = t.times(b, t.binary(BinaryOperation.POWER, a, t.plus(-1, b)));
        Node none = t.binary(BinaryOperation.EQUAL, b, t.number(0));
        return Optional.of(t.times(g, t.where(none, t.number(0), slope)));
    }

    private static Node power(Node a, double power, NodeBuilder t) {
        return power == 0
                ? t.number(1)
                : power == 1 ? a : power == 2 ? t.square(a) : t.binary(BinaryOperation.POWER, a, t.number(power));
    }

    /** g y log a, which is 0 where a and y are both 0. */
    private static Node exponent(Node a, Node b, Node y, Node g, NodeBuilder t) {
        Node base = Cotangents.whole(a, y.type(), t);
        Node zero = t.number(0);
        Node none = t.binary(
                BinaryOperation.AND,
                t.binary(BinaryOperation.EQUAL, base, zero),
                t.binary(BinaryOperation.GREATER_EQUAL, b, zero));
        Node logarithm = t.unary(UnaryOperation.LOG, t.where(none, t.number(1), base));
        return t.times(g, t.times(y, logarithm));
    }

    /** Returns g where this operand is the result, half of g where both are, otherwise 0. */
    private static Node share(Node one, Node y, Node a, Node b, Node g, NodeBuilder t) {
        Node zero = t.number(0);
        Node taken = t.where(t.binary(BinaryOperation.EQUAL, one, y), g, zero);
        return t.where(t.binary(BinaryOperation.EQUAL, a, b), t.times(0.5, taken), taken);
    }
}
