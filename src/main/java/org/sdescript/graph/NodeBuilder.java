package org.sdescript.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sdescript.source.Span;

/** Builds nodes from formulas and omits factors of 1. All nodes get the same span. */
public record NodeBuilder(GraphBuilder builder, @Nullable Span span) {

    public Node number(double value) {
        return builder.number(value);
    }

    public Node plus(Node a, Node b) {
        return binary(BinaryOperation.ADD, a, b);
    }

    public Node plus(double a, Node b) {
        return binary(BinaryOperation.ADD, number(a), b);
    }

    public Node minus(double a, Node b) {
        return binary(BinaryOperation.SUBTRACT, number(a), b);
    }

    public Node times(Node a, Node b) {
        return is(a, 1) ? b : is(b, 1) ? a : binary(BinaryOperation.MULTIPLY, a, b);
    }

    public Node times(double a, Node b) {
        return times(number(a), b);
    }

    public Node over(Node a, Node b) {
        return is(b, 1) ? a : binary(BinaryOperation.DIVIDE, a, b);
    }

    public Node negate(Node a) {
        return unary(UnaryOperation.NEGATE, a);
    }

    public Node square(Node a) {
        return unary(UnaryOperation.SQUARE, a);
    }

    public Node unary(UnaryOperation function, Node a) {
        return builder.add(new Operation.Unary(function), List.of(a), span);
    }

    public Node binary(BinaryOperation function, Node a, Node b) {
        return builder.add(new Operation.Binary(function), List.of(a, b), span);
    }

    public Node where(Node mask, Node a, Node b) {
        return builder.add(new Operation.Where(), List.of(mask, a, b), span);
    }

    public Node sum(Node a, List<Integer> axes, boolean keep) {
        return axes.isEmpty() ? a : builder.add(new Operation.Reduce(Reduction.SUM, axes, keep), List.of(a), span);
    }

    public Node matMul(Node a, Node b) {
        return builder.add(new Operation.MatMul(), List.of(a, b), span);
    }

    /** Swaps the last two axes. */
    public Node transpose(Node a) {
        int rank = a.shape().rank();
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, rank - 2).boxed().toList());
        order.add(rank - 1);
        order.add(rank - 2);
        return permute(a, order);
    }

    public Node cumulativeSum(Node a, int axis, boolean backward) {
        return builder.add(new Operation.CumulativeSum(axis, backward), List.of(a), span);
    }

    public Node permute(Node a, List<Integer> order) {
        return builder.add(new Operation.Permute(order), List.of(a), span);
    }

    public Node reshape(Node a, Shape shape) {
        Node whole = a.operation() instanceof Operation.Reshape ? a.inputs().getFirst() : a;
        return whole.shape().equals(shape) ? whole : builder.add(new Operation.Reshape(shape), List.of(whole), span);
    }

    public Node broadcast(Node a, Shape shape) {
        return a.shape().equals(shape) ? a : builder.add(new Operation.Broadcast(shape), List.of(a), span);
    }

    public Node slice(Node a, int axis, long from, long to) {
        return from == 0 && to == a.shape().size(axis)
                ? a
                : builder.add(new Operation.Slice(axis, from, to, 1), List.of(a), span);
    }

    public Node concat(List<Node> parts, int axis) {
        return parts.size() == 1 ? parts.getFirst() : builder.add(new Operation.Concat(axis), parts, span);
    }

    public Node cast(Node a, DType dtype) {
        return a.dtype() == dtype ? a : builder.add(new Operation.Cast(dtype), List.of(a), span);
    }

    /** Fills a tensor with a number. */
    public Node fill(Node number, Type.TensorType type) {
        return builder.add(new Operation.Fill(type.dtype(), type.shape()), List.of(number), span);
    }

    public Node zeros(DType dtype, Shape shape) {
        return fill(number(0), new Type.TensorType(dtype, shape));
    }

    public static boolean is(Node node, double value) {
        return node.operation() instanceof Operation.Number(double its) && its == value;
    }
}
