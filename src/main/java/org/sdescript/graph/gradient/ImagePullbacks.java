package org.sdescript.graph.gradient;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.graph.Node;
import org.sdescript.graph.NodeBuilder;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Window;

/** Cotangents of image operations: the two convolutions are each other's adjoint, and so are pooling and upsampling. */
final class ImagePullbacks {
    private static final List<Integer> EXCHANGED = List.of(1, 0, 2, 3);

    private ImagePullbacks() {}

    static Node ofConvolution(Node node, Window window, int place, Node g, NodeBuilder terms) {
        Node x = node.inputs().get(0);
        Node weight = node.inputs().get(1);
        return switch (place) {
            case 0 -> {
                int bottom = open(window, node, x, weight, 2);
                int right = open(window, node, x, weight, 3);
                yield add(new Operation.ConvTranspose2d(window, bottom, right), terms, g, weight);
            }
            case 1 -> terms.permute(byWeight(x, g, window, weight.shape(), terms), EXCHANGED);
            case 2 -> terms.sum(g, List.of(0, 2, 3), false);
            default -> throw new IllegalArgumentException("a convolution has no input " + place);
        };
    }

    /** Returns the number of rows or columns of x that the kernel has not reached. */
    private static int open(Window window, Node y, Node x, Node weight, int axis) {
        long reached = window.spread(y.shape().size(axis), weight.shape().size(axis), 0);
        return Math.toIntExact(x.shape().size(axis) - reached);
    }

    static Node ofTransposed(Node node, Window window, int place, Node g, NodeBuilder terms) {
        Node x = node.inputs().get(0);
        Node weight = node.inputs().get(1);
        return switch (place) {
            case 0 -> {
                Node back = add(new Operation.Conv2d(window), terms, g, weight);
                yield cut(back, x.shape().size(2), x.shape().size(3), terms);
            }
            case 1 -> terms.permute(byWeight(g, x, window, weight.shape(), terms), EXCHANGED);
            case 2 -> terms.sum(g, List.of(0, 2, 3), false);
            default -> throw new IllegalArgumentException("a convolution has no input " + place);
        };
    }

    /**
     * Σ small[n, b, i, j] large[n, a, s i + d u − p, s j + d v − p] over n, i and j: a convolution with stride and
     * dilation exchanged, and result [a, b, u, v].
     */
    private static Node byWeight(Node large, Node small, Window window, Shape weight, NodeBuilder terms) {
        Window exchanged = new Window(window.dilation(), window.padding(), window.stride());
        Node result = add(
                new Operation.Conv2d(exchanged),
                terms,
                terms.permute(large, EXCHANGED),
                terms.permute(small, EXCHANGED));
        return cut(result, weight.size(2), weight.size(3), terms);
    }

    private static Node cut(Node x, long height, long width, NodeBuilder terms) {
        return terms.slice(terms.slice(x, 2, 0, height), 3, 0, width);
    }

    /** Spreads each mean evenly; the dropped edge gets zeros. */
    static Node ofPooling(Node x, int size, Node g, NodeBuilder terms) {
        Node spread = add(new Operation.UpsampleNearest2d(size), terms, terms.times(1.0 / (size * size), g));
        for (int axis = 2; axis <= 3; axis++) {
            long missing = x.shape().size(axis) - spread.shape().size(axis);
            if (missing > 0) {
                List<Node> parts = new ArrayList<>(List.of(spread));
                parts.add(terms.zeros(x.dtype(), spread.shape().with(axis, missing)));
                spread = terms.concat(parts, axis);
            }
        }
        return spread;
    }

    static Node ofUpsampling(int factor, Node g, NodeBuilder terms) {
        return terms.times(factor * factor, add(new Operation.AvgPool2d(factor), terms, g));
    }

    private static Node add(Operation operation, NodeBuilder terms, Node... operands) {
        return terms.builder().add(operation, List.of(operands), terms.span());
    }
}
