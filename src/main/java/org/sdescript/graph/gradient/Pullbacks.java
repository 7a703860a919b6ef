package org.sdescript.graph.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.graph.Node;
import org.sdescript.graph.NodeBuilder;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Window;

/**
 * Maps the cotangent g of a node to that of one of its inputs: g times the transposed derivative, for each operation.
 */
final class Pullbacks {
    /** The input index of the tensor added to a linear layer. */
    private static final int ADDED = 3;

    private Pullbacks() {}

    /** Returns the cotangent of the input at this place; empty if the derivative by this input is zero everywhere. */
    static Optional<Node> of(Node node, int place, Node g, NodeBuilder terms) {
        Node x = node.inputs().get(place);
        return switch (node.operation()) {
            case Operation.Input input -> Optional.empty();
            case Operation.Number number -> Optional.empty();
            case Operation.Literal literal -> Optional.empty();
            case Operation.ArgMax largest -> Optional.empty();
            case Operation.Detach detach -> Optional.empty();
            case Operation.RandomNormal draw -> Optional.empty();
            case Operation.RandomUniform draw -> Optional.empty();
            case Operation.Unary(var function) -> UnaryPullbacks.of(function, x, node, g, terms);
            case Operation.Binary(var function) ->
                BinaryPullbacks.of(function, place, node, g, terms)
                        .map(part -> Cotangents.fit(part, node.type(), x.type(), terms));
            case Operation.AddScaled sum -> Optional.of(scaled(node, place, g, terms));
            case Operation.AddProduct sum -> Optional.of(product(node, place, g, terms));
            case Operation.Where() ->
                where(node, place, g, terms).map(part -> Cotangents.fit(part, node.type(), x.type(), terms));
            case Operation.Reduce(var function, var axes, boolean keep) ->
                Optional.of(ReducePullbacks.of(function, axes, node, g, terms));
            case Operation.CumulativeSum(int axis, boolean backward) ->
                Optional.of(terms.cumulativeSum(full(node, g, terms), axis, !backward));
            case Operation.MatMul() -> Optional.of(ProductPullbacks.ofMatMul(node, place, full(node, g, terms), terms));
            case Operation.Linear() -> Optional.of(ProductPullbacks.ofLinear(node, place, full(node, g, terms), terms));
            case Operation.AddLinear() ->
                Optional.of(place == ADDED ? g : ProductPullbacks.ofLinear(node, place, full(node, g, terms), terms));
            case Operation.Foreign(var function) ->
                Optional.of(ForeignPullbacks.of(node, function, place, full(node, g, terms), terms));
            case Operation.ForeignGradient(var function) -> throw ForeignPullbacks.second(function);
            case Operation.Softmax(int axis) ->
                Optional.of(LayerPullbacks.ofSoftmax(node, axis, full(node, g, terms), terms));
            case Operation.GroupNorm(int groups, double eps) ->
                Optional.of(LayerPullbacks.ofGroupNorm(node, groups, eps, place, full(node, g, terms), terms));
            case Operation.LayerNorm(double eps) ->
                Optional.of(LayerPullbacks.ofLayerNorm(node, eps, place, full(node, g, terms), terms));
            case Operation.ScaledDotProductAttention() ->
                Optional.of(LayerPullbacks.ofAttention(node, place, full(node, g, terms), terms));
            case Operation.Conv2d(Window window) ->
                Optional.of(ImagePullbacks.ofConvolution(node, window, place, full(node, g, terms), terms));
            case Operation.ConvTranspose2d(Window window, int bottom, int right) ->
                Optional.of(ImagePullbacks.ofTransposed(node, window, place, full(node, g, terms), terms));
            case Operation.AvgPool2d(int size) ->
                Optional.of(ImagePullbacks.ofPooling(x, size, full(node, g, terms), terms));
            case Operation.UpsampleNearest2d(int factor) ->
                Optional.of(ImagePullbacks.ofUpsampling(factor, full(node, g, terms), terms));
            case Operation.Reshape reshape -> Optional.of(g.isNumber() ? g : terms.reshape(g, x.shape()));
            case Operation.Permute(var order) -> Optional.of(g.isNumber() ? g : terms.permute(g, inverse(order)));
            case Operation.Concat(int axis) -> Optional.of(g.isNumber() ? g : partOf(node, place, g, axis, terms));
            case Operation.Slice(int axis, long from, long to, long step) ->
                Optional.of(spread(full(node, g, terms), axis, from, step, x, terms));
            case Operation.Gather(int axis) -> Optional.of(scatter(full(node, g, terms), axis, node, terms));
            case Operation.ScatterAdd(int axis, long size) ->
                Optional.of(g.isNumber() ? g : gather(g, axis, node, terms));
            case Operation.Broadcast broadcast -> Optional.of(Cotangents.fit(g, node.type(), x.type(), terms));
            case Operation.Fill fill -> Optional.of(Cotangents.fit(g, node.type(), x.type(), terms));
            case Operation.Variable variable -> Optional.of(g);
            case Operation.Cast cast -> Optional.of(g);
        };
    }

    private static Node full(Node node, Node g, NodeBuilder terms) {
        return Cotangents.whole(g, node.type(), terms);
    }

    /** For x + c y. */
    private static Node scaled(Node node, int place, Node g, NodeBuilder terms) {
        Node y = node.inputs().get(1);
        Node c = node.inputs().get(2);
        Node part = place == 0 ? g : place == 1 ? terms.times(c, g) : terms.times(g, y);
        return Cotangents.fit(part, node.type(), node.inputs().get(place).type(), terms);
    }

    /** For x + a b. */
    private static Node product(Node node, int place, Node g, NodeBuilder terms) {
        Node part = place == 0 ? g : terms.times(g, node.inputs().get(3 - place));
        return Cotangents.fit(part, node.type(), node.inputs().get(place).type(), terms);
    }

    private static Optional<Node> where(Node node, int place, Node g, NodeBuilder terms) {
        if (place == 0) {
            return Optional.empty();
        }
        Node mask = node.inputs().getFirst();
        Node given = Cotangents.whole(g, node.type(), terms);
        Node zero = terms.number(0);
        return Optional.of(place == 1 ? terms.where(mask, given, zero) : terms.where(mask, zero, given));
    }

    private static List<Integer> inverse(List<Integer> order) {
        List<Integer> inverse = new ArrayList<>(order);
        for (int axis = 0; axis < order.size(); axis++) {
            inverse.set(order.get(axis), axis);
        }
        return inverse;
    }

    private static Node partOf(Node node, int place, Node g, int axis, NodeBuilder terms) {
        long from = 0;
        for (Node before : node.inputs().subList(0, place)) {
            from += before.shape().size(axis);
        }
        return terms.slice(
                g, axis, from, from + node.inputs().get(place).shape().size(axis));
    }

    /** Puts elements back where the slice took them from, with zeros between and around them. */
    private static Node spread(Node g, int axis, long from, long step, Node x, NodeBuilder terms) {
        long size = x.shape().size(axis);
        Node apart = step == 1 ? g : apart(g, axis, step, terms);
        long end = from + apart.shape().size(axis);
        Node within = end <= size ? apart : terms.slice(apart, axis, 0, size - from);
        List<Node> parts = new ArrayList<>();
        if (from > 0) {
            parts.add(zeros(within, axis, from, terms));
        }
        parts.add(within);
        if (end < size) {
            parts.add(zeros(within, axis, size - end, terms));
        }
        return terms.concat(parts, axis);
    }

    /** Puts step − 1 zeros after each element: an axis of size 1 is added, padded and merged again. */
    private static Node apart(Node g, int axis, long step, NodeBuilder terms) {
        List<Long> split = new ArrayList<>(g.shape().sizes());
        split.add(axis + 1, 1L);
        Node column = terms.reshape(g, new Shape(split));
        Node filled = terms.concat(List.of(column, zeros(column, axis + 1, step - 1, terms)), axis + 1);
        return terms.reshape(filled, g.shape().with(axis, g.shape().size(axis) * step));
    }

    private static Node zeros(Node like, int axis, long size, NodeBuilder terms) {
        return terms.zeros(like.dtype(), like.shape().with(axis, size));
    }

    private static Node scatter(Node g, int axis, Node node, NodeBuilder terms) {
        long size = node.inputs().getFirst().shape().size(axis);
        return terms.builder()
                .add(
                        new Operation.ScatterAdd(axis, size),
                        List.of(g, node.inputs().get(1)),
                        terms.span());
    }

    private static Node gather(Node g, int axis, Node node, NodeBuilder terms) {
        return terms.builder()
                .add(new Operation.Gather(axis), List.of(g, node.inputs().get(1)), terms.span());
    }
}
