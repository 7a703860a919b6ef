package org.sdescript.graph.gradient;

import java.util.Optional;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.Node;
import org.sdescript.graph.NodeBuilder;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.UnaryOperation;

/**
 * The cotangent g y′(x) for elementwise functions y of x. At corners the slope is PyTorch's: 0 for |x| and max(x, 0) at
 * 0. The square root has slope ∞ at 0, but the root of a sum of squares, a norm, has slope 0 there, so that coincident
 * samples do not turn the gradient of a distance into nan.
 */
final class UnaryPullbacks {
    private UnaryPullbacks() {}

    static Optional<Node> of(UnaryOperation function, Node x, Node y, Node g, NodeBuilder t) {
        return switch (function) {
            case SIGN, FLOOR, CEIL, ROUND, NOT -> Optional.empty();
            case NEGATE -> Optional.of(t.negate(g));
            case RECIPROCAL -> Optional.of(t.negate(t.times(g, t.square(y))));
            case SQUARE -> Optional.of(t.times(t.times(2, g), x));
            case SQRT -> Optional.of(t.over(g, t.times(2, isNorm(x) ? withoutZero(y, t) : y)));
            case EXP -> Optional.of(t.times(g, y));
            case EXPM1 -> Optional.of(t.times(g, t.unary(UnaryOperation.EXP, x)));
            case LOG -> Optional.of(t.over(g, x));
            case LOG1P -> Optional.of(t.over(g, t.plus(1, x)));
            case ABS -> Optional.of(t.times(g, t.unary(UnaryOperation.SIGN, x)));
            case SIN -> Optional.of(t.times(g, t.unary(UnaryOperation.COS, x)));
            case COS -> Optional.of(t.negate(t.times(g, t.unary(UnaryOperation.SIN, x))));
            case TAN -> Optional.of(t.times(g, t.plus(1, t.square(y))));
            case SINH -> Optional.of(t.times(g, t.unary(UnaryOperation.COSH, x)));
            case COSH -> Optional.of(t.times(g, t.unary(UnaryOperation.SINH, x)));
            case TANH -> Optional.of(t.times(g, t.minus(1, t.square(y))));
            case ATAN -> Optional.of(t.over(g, t.plus(1, t.square(x))));
            case ERF -> Optional.of(t.times(t.times(2 / Math.sqrt(Math.PI), g), bell(t.square(x), t)));
            case SIGMOID -> Optional.of(t.times(g, t.times(y, rest(x, t))));
            case SILU -> Optional.of(t.times(g, t.plus(sigmoid(x, t), t.times(y, rest(x, t)))));
            case RELU -> Optional.of(relu(x, Cotangents.whole(g, y.type(), t), t));
            case GELU -> Optional.of(t.times(g, gelu(x, t)));
            case ELU -> Optional.of(t.times(g, elu(x, t)));
            case SOFTPLUS -> Optional.of(t.times(g, sigmoid(x, t)));
        };
    }

    private static boolean isNorm(Node x) {
        return x.operation() instanceof Operation.Reduce(Reduction function, var axes, boolean keep)
                && function == Reduction.SUM
                && x.inputs().getFirst().operation() instanceof Operation.Unary(UnaryOperation inner)
                && inner == UnaryOperation.SQUARE;
    }

    /** Replaces 0 by ∞: a quotient by the result is 0 there, and so are all its derivatives. */
    private static Node withoutZero(Node y, NodeBuilder t) {
        return t.where(t.binary(BinaryOperation.EQUAL, y, t.number(0)), t.number(Double.POSITIVE_INFINITY), y);
    }

    private static Node sigmoid(Node x, NodeBuilder t) {
        return t.unary(UnaryOperation.SIGMOID, x);
    }

    /** Returns 1 − σ(x) without cancellation at large x. */
    private static Node rest(Node x, NodeBuilder t) {
        return sigmoid(t.negate(x), t);
    }

    /** Returns exp(−square). */
    private static Node bell(Node square, NodeBuilder t) {
        return t.unary(UnaryOperation.EXP, t.negate(square));
    }

    /** Selects instead of multiplying: g may be infinite where x is not positive, as in sqrt(relu(x)). */
    private static Node relu(Node x, Node g, NodeBuilder t) {
        return t.where(t.binary(BinaryOperation.GREATER, x, t.number(0)), g, t.number(0));
    }

    /** Returns Φ(x) + x φ(x), the derivative of x Φ(x), with the normal distribution function Φ and its density φ. */
    private static Node gelu(Node x, NodeBuilder t) {
        Node below = t.times(0.5, t.plus(1, t.unary(UnaryOperation.ERF, t.times(Math.sqrt(0.5), x))));
        Node density = t.times(1 / Math.sqrt(2 * Math.PI), bell(t.times(0.5, t.square(x)), t));
        return t.plus(below, t.times(x, density));
    }

    /** Returns exp(x) for negative x, otherwise 1. */
    private static Node elu(Node x, NodeBuilder t) {
        return t.unary(UnaryOperation.EXP, t.negate(t.unary(UnaryOperation.RELU, t.negate(x))));
    }
}
