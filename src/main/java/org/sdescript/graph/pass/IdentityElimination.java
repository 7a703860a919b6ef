package org.sdescript.graph.pass;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Graph;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.interrupt.StopRequest;

/**
 * Removes operations without effect: x · 1, x / 1, x¹, x − 0, −(−x), and reshapes, broadcasts, casts and permutations
 * to the existing form. Reshapes move behind elementwise functions, so that values that differ only in shape become
 * equal: std(t) for a column of times is std(t) for the vector, reshaped. A tensor filled with one number is replaced
 * by the number if another operand has the result's shape. x + 0 maps −0 to 0 and is removed only if x cannot be −0; x
 * · 0 is nan for an infinite x and stays.
 */
final class IdentityElimination {
    private IdentityElimination() {}

    static Graph of(Graph graph) {
        GraphCopy copy = new GraphCopy(graph);
        for (Node node : graph.nodes()) {
            StopRequest.poll();
            copy.put(node, folded(node, copy));
        }
        return copy.finish();
    }

    private static Node folded(Node node, GraphCopy copy) {
        List<Node> operands = node.inputs().stream().map(copy::of).toList();
        if (operands.isEmpty()) {
            return copy.same(node);
        }
        if (isElementwise(node) && isOfOneReshape(operands)) {
            return reshapedAfter(node, operands, copy);
        }
        Node first = operands.getFirst();
        return switch (node.operation()) {
            case Operation.Unary(UnaryOperation function)
            when function == UnaryOperation.NEGATE
                    && first.operation().equals(node.operation())
                    && isSame(node, first.inputs().getFirst()) -> first.inputs().getFirst();
            case Operation.Binary(BinaryOperation function) -> binary(node, function, operands, copy);
            case Operation.Reshape(Shape shape)
            when first.operation() instanceof Operation.Reshape ->
                isSame(node, first.inputs().getFirst())
                        ? first.inputs().getFirst()
                        : copy.add(node.operation(), first.inputs(), node);
            case Operation.Reshape reshape when isSame(node, first) -> first;
            case Operation.Broadcast broadcast when isSame(node, first) -> first;
            case Operation.Cast cast when isSame(node, first) -> first;
            case Operation.Permute(List<Integer> order)
            when IntStream.range(0, order.size()).allMatch(i -> order.get(i) == i) -> first;
            default -> copy.same(node);
        };
    }

    private static boolean isElementwise(Node node) {
        return node.operation() instanceof Operation.Unary
                || node.operation() instanceof Operation.Cast
                || node.operation() instanceof Operation.Binary;
    }

    /** True if all tensors among the operands are the same reshape of tensors of one shape. */
    private static boolean isOfOneReshape(List<Node> operands) {
        List<Node> tensors =
                operands.stream().filter(operand -> !operand.isNumber()).toList();
        return !tensors.isEmpty()
                && tensors.stream()
                        .allMatch(tensor -> tensor.operation() instanceof Operation.Reshape
                                && tensor.operation().equals(tensors.getFirst().operation())
                                && whole(tensor)
                                        .shape()
                                        .equals(whole(tensors.getFirst()).shape()));
    }

    private static Node whole(Node reshaped) {
        return reshaped.inputs().getFirst();
    }

    private static Node reshapedAfter(Node node, List<Node> operands, GraphCopy copy) {
        List<Node> wholes = operands.stream()
                .map(operand -> operand.isNumber() ? operand : whole(operand))
                .toList();
        Node result = copy.add(node.operation(), wholes, node);
        return copy.add(new Operation.Reshape(node.shape()), List.of(result), node);
    }

    private static Node binary(Node node, BinaryOperation function, List<Node> operands, GraphCopy copy) {
        Node x = operands.get(0);
        Node y = operands.get(1);
        boolean neutralRight =
                switch (function) {
                    case MULTIPLY, DIVIDE, POWER -> is(y, 1);
                    case SUBTRACT -> is(y, 0);
                    default -> false;
                };
        if (neutralRight && isSame(node, x)) {
            return x;
        }
        if (function == BinaryOperation.ADD && is(y, 0) && isSame(node, x) && isNonNegative(x)) {
            return x;
        }
        if (function == BinaryOperation.ADD && is(x, 0) && isSame(node, y) && isNonNegative(y)) {
            return y;
        }
        if (function == BinaryOperation.MULTIPLY && is(x, 1) && isSame(node, y)) {
            return y;
        }
        if (filling(x).isPresent() && isSame(node, y)) {
            return copy.add(node.operation(), List.of(filling(x).orElseThrow(), y), node);
        }
        return filling(y).isPresent() && isSame(node, x)
                ? copy.add(node.operation(), List.of(x, filling(y).orElseThrow()), node)
                : copy.same(node);
    }

    /** Returns the number that fills a floating tensor, if there is one. */
    private static Optional<Node> filling(Node node) {
        return switch (node.operation()) {
            case Operation.Fill(DType dtype, Shape shape)
            when dtype.isFloating() -> Optional.of(node.inputs().getFirst());
            case Operation.Reshape reshape -> filling(node.inputs().getFirst());
            case Operation.Broadcast broadcast -> filling(node.inputs().getFirst());
            default -> Optional.empty();
        };
    }

    /** True if no element can be negative, not even −0. */
    private static boolean isNonNegative(Node node) {
        return switch (node.operation()) {
            case Operation.RandomUniform draw -> true;
            case Operation.Unary(UnaryOperation function) ->
                switch (function) {
                    case SQUARE, ABS, EXP -> true;
                    default -> false;
                };
            case Operation.Binary(BinaryOperation function) ->
                function == BinaryOperation.MULTIPLY
                        && node.inputs().get(0) == node.inputs().get(1);
            case Operation.Reduce reduce -> isNonNegative(node.inputs().getFirst());
            case Operation.Reshape reshape -> isNonNegative(node.inputs().getFirst());
            default -> false;
        };
    }

    private static boolean is(Node node, double value) {
        return known(node).stream().anyMatch(known -> known == value);
    }

    private static OptionalDouble known(Node node) {
        return node.operation() instanceof Operation.Number(double value)
                ? OptionalDouble.of(value)
                : OptionalDouble.empty();
    }

    private static boolean isSame(Node node, Node other) {
        return node.type().equals(other.type());
    }
}
