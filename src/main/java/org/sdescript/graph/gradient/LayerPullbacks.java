package org.sdescript.graph.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.Node;
import org.sdescript.graph.NodeBuilder;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.graph.UnaryOperation;

/** Cotangents of softmax, normalisations and attention; intermediate values of the layer are recomputed. */
final class LayerPullbacks {
    private LayerPullbacks() {}

    /** y (g − Σ g y). */
    static Node ofSoftmax(Node y, int axis, Node g, NodeBuilder terms) {
        Node mean = terms.sum(terms.times(g, y), List.of(axis), true);
        return terms.times(y, terms.binary(BinaryOperation.SUBTRACT, g, mean));
    }

    /** Treats groups of channels as rows: [n, c, …] becomes [n, groups, rest]. */
    static Node ofGroupNorm(Node node, int groups, double eps, int place, Node g, NodeBuilder terms) {
        Shape shape = node.shape();
        long channels = shape.size(1);
        Shape perChannel = new Shape(IntStream.range(0, shape.rank())
                .mapToObj(axis -> axis == 1 ? channels : 1L)
                .toList());
        Shape rows = Shape.of(shape.size(0), groups, shape.elements() / Math.max(1, shape.size(0) * groups));
        Node x = terms.reshape(node.inputs().getFirst(), rows);
        if (place == 2) {
            return terms.sum(g, allBut(1, shape.rank()), false);
        }
        Normalised normalised = Normalised.of(x, 2, eps, terms);
        if (place == 1) {
            Node standard = terms.reshape(normalised.standard(), shape);
            return terms.sum(terms.times(g, standard), allBut(1, shape.rank()), false);
        }
        Node scaled = terms.times(g, terms.reshape(node.inputs().get(1), perChannel));
        return terms.reshape(normalised.pullback(terms.reshape(scaled, rows), terms), shape);
    }

    static Node ofLayerNorm(Node node, double eps, int place, Node g, NodeBuilder terms) {
        int last = node.shape().rank() - 1;
        if (place == 2) {
            return terms.sum(g, allBut(last, last + 1), false);
        }
        Normalised normalised = Normalised.of(node.inputs().getFirst(), last, eps, terms);
        return place == 1
                ? terms.sum(terms.times(g, normalised.standard()), allBut(last, last + 1), false)
                : normalised.pullback(terms.times(g, node.inputs().get(1)), terms);
    }

    private static List<Integer> allBut(int axis, int rank) {
        List<Integer> axes = new ArrayList<>();
        for (int each = 0; each < rank; each++) {
            if (each != axis) {
                axes.add(each);
            }
        }
        return axes;
    }

    /** z = (x − μ)/√(σ² + eps) along an axis, and 1/√(σ² + eps). */
    private record Normalised(Node standard, Node inverseDeviation, int axis) {
        static Normalised of(Node x, int axis, double eps, NodeBuilder terms) {
            Node centred = terms.binary(BinaryOperation.SUBTRACT, x, mean(x, axis, terms));
            Node variance = mean(terms.square(centred), axis, terms);
            Node deviation = terms.unary(UnaryOperation.SQRT, terms.plus(eps, variance));
            Node inverse = terms.unary(UnaryOperation.RECIPROCAL, deviation);
            return new Normalised(terms.times(centred, inverse), inverse, axis);
        }

        /** (h − mean h − z mean(h z))/√(σ² + eps). */
        Node pullback(Node h, NodeBuilder terms) {
            Node along = terms.times(standard, mean(terms.times(h, standard), axis, terms));
            Node rest = terms.binary(BinaryOperation.SUBTRACT, h, mean(h, axis, terms));
            return terms.times(terms.binary(BinaryOperation.SUBTRACT, rest, along), inverseDeviation);
        }

        private static Node mean(Node x, int axis, NodeBuilder terms) {
            return terms.builder()
                    .add(new Operation.Reduce(Reduction.MEAN, List.of(axis), true), List.of(x), terms.span());
        }
    }

    /** For y = P v with P = softmax(q kᵀ/√d). */
    static Node ofAttention(Node node, int place, Node g, NodeBuilder terms) {
        Node q = node.inputs().get(0);
        Node k = node.inputs().get(1);
        Node v = node.inputs().get(2);
        int rank = q.shape().rank();
        double scale = 1 / Math.sqrt(q.shape().size(rank - 1));
        Node weights = terms.builder()
                .add(
                        new Operation.Softmax(rank - 1),
                        List.of(terms.times(scale, terms.matMul(q, terms.transpose(k)))),
                        terms.span());
        if (place == 2) {
            return terms.matMul(terms.transpose(weights), g);
        }
        Node logits = ofSoftmax(weights, rank - 1, terms.matMul(g, terms.transpose(v)), terms);
        Node scaled = terms.times(scale, logits);
        return place == 0 ? terms.matMul(scaled, k) : terms.matMul(terms.transpose(scaled), q);
    }
}
