package org.sdescript.graph;

import java.util.List;

/**
 * The origin of a traced tensor's axis size: the node found by walking back through all operations that only pass the
 * size on.
 */
public final class AxisOrigin {
    private AxisOrigin() {}

    /** Returns the input, literal or operation that set the size of an axis. */
    public static Node of(Node node, int axis) {
        return switch (node.operation()) {
            case Operation.Input input -> node;
            case Operation.Number number -> node;
            case Operation.Literal literal -> node;
            case Operation.Fill fill -> node;
            case Operation.RandomNormal draw -> node;
            case Operation.RandomUniform draw -> node;
            case Operation.Unary unary -> ofInput(node, 0, axis);
            case Operation.Cast cast -> ofInput(node, 0, axis);
            case Operation.Variable variable -> ofInput(node, 0, axis);
            case Operation.Detach detach -> ofInput(node, 0, axis);
            case Operation.Binary binary -> ofBroadcast(node, node.inputs(), axis);
            case Operation.Where where -> ofBroadcast(node, node.inputs(), axis);
            case Operation.AddScaled sum -> ofBroadcast(node, node.inputs(), axis);
            case Operation.AddProduct sum -> ofBroadcast(node, node.inputs(), axis);
            case Operation.Broadcast broadcast -> ofBroadcast(node, node.inputs(), axis);
            case Operation.Reduce(var function, var axes, boolean keep) ->
                keep && axes.contains(axis) ? node : ofInput(node, 0, keep ? axis : among(axes, axis));
            case Operation.ArgMax(int gone) -> ofInput(node, 0, among(List.of(gone), axis));
            case Operation.MatMul product -> ofProduct(node, axis);
            case Operation.Linear linear -> axis == node.shape().rank() - 1 ? node : ofInput(node, 0, axis);
            case Operation.AddLinear linear -> axis == node.shape().rank() - 1 ? node : ofInput(node, 0, axis);
            case Operation.CumulativeSum sum -> ofInput(node, 0, axis);
            case Operation.Softmax softmax -> ofInput(node, 0, axis);
            case Operation.GroupNorm norm -> ofInput(node, 0, axis);
            case Operation.LayerNorm norm -> ofInput(node, 0, axis);
            case Operation.Foreign function -> ofInput(node, 0, axis);
            case Operation.ForeignGradient function -> ofInput(node, 0, axis);
            case Operation.Conv2d convolution -> axis == 1 ? node : ofSameSize(node, axis);
            case Operation.ConvTranspose2d convolution -> axis == 1 ? node : ofSameSize(node, axis);
            case Operation.AvgPool2d pool -> ofSameSize(node, axis);
            case Operation.UpsampleNearest2d upsample -> ofSameSize(node, axis);
            case Operation.ScaledDotProductAttention attention ->
                ofInput(node, axis == node.shape().rank() - 1 ? 2 : 0, axis);
            case Operation.Reshape reshape -> ofReshape(node, axis);
            case Operation.Permute(var order) -> ofInput(node, 0, order.get(axis));
            case Operation.Concat(int joined) -> axis == joined ? node : ofInput(node, 0, axis);
            case Operation.Slice(int cut, long from, long to, long step) -> axis == cut ? node : ofInput(node, 0, axis);
            case Operation.Gather(int chosen) -> axis == chosen ? node : ofInput(node, 0, axis);
            case Operation.ScatterAdd(int filled, long size) -> axis == filled ? node : ofInput(node, 0, axis);
        };
    }

    private static Node ofInput(Node node, int input, int axis) {
        return of(node.inputs().get(input), axis);
    }

    /** Follows an axis of an image if the operation left its size unchanged. */
    private static Node ofSameSize(Node node, int axis) {
        return node.inputs().getFirst().shape().size(axis) == node.shape().size(axis) ? ofInput(node, 0, axis) : node;
    }

    /**
     * Returns the origin in the first operand that has the result's size on this axis, counted from the last; otherwise
     * the node.
     */
    private static Node ofBroadcast(Node node, List<Node> operands, int axis) {
        int fromEnd = node.shape().rank() - axis;
        for (Node operand : operands) {
            if (!operand.isNumber() && fromEnd <= operand.shape().rank()) {
                int its = operand.shape().rank() - fromEnd;
                if (operand.shape().size(its) == node.shape().size(axis)) {
                    return of(operand, its);
                }
            }
        }
        return node;
    }

    private static Node ofProduct(Node node, int axis) {
        int fromEnd = node.shape().rank() - axis;
        return switch (fromEnd) {
            case 1 -> ofFromEnd(node.inputs().get(1), 1);
            case 2 -> ofFromEnd(node.inputs().get(0), 2);
            default -> ofBroadcast(node, node.inputs(), axis);
        };
    }

    private static Node ofFromEnd(Node node, int fromEnd) {
        return of(node, node.shape().rank() - fromEnd);
    }

    /** An axis is unchanged if its size and the number of elements before it are the operand's. */
    private static Node ofReshape(Node node, int axis) {
        Shape after = node.shape();
        Node operand = node.inputs().getFirst();
        Shape before = operand.shape();
        for (int its = 0; its < before.rank(); its++) {
            if (before.size(its) == after.size(axis) && leading(before, its) == leading(after, axis)) {
                return of(operand, its);
            }
        }
        return node;
    }

    private static long leading(Shape shape, int axis) {
        return new Shape(shape.sizes().subList(0, axis)).elements();
    }

    /** Returns the operand's index of an axis, given the operand's axes that were removed. */
    private static int among(List<Integer> gone, int axis) {
        int its = -1;
        for (int left = axis; left >= 0; left--) {
            do {
                its++;
            } while (gone.contains(its));
        }
        return its;
    }
}
