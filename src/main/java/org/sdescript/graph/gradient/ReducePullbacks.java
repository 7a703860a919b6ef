package org.sdescript.graph.gradient;

import java.util.List;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.Node;
import org.sdescript.graph.NodeBuilder;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;

/**
 * Cotangents of reductions, spread over the elements; equal smallest or largest elements share the cotangent of a
 * minimum or maximum.
 */
final class ReducePullbacks {
    private ReducePullbacks() {}

    static Node of(Reduction function, List<Integer> axes, Node node, Node g, NodeBuilder terms) {
        Node x = node.inputs().getFirst();
        Shape kept = x.shape();
        for (int axis : axes) {
            kept = kept.with(axis, 1);
        }
        Node standing = g.isNumber() ? g : terms.reshape(g, kept);
        double count = (double) x.shape().elements() / Math.max(1, kept.elements());
        return switch (function) {
            case SUM -> spread(standing, x, terms);
            case MEAN -> spread(terms.times(1 / count, standing), x, terms);
            case MIN, MAX -> shared(standing, terms.reshape(node, kept), axes, x, terms);
        };
    }

    private static Node spread(Node g, Node x, NodeBuilder terms) {
        return g.isNumber() ? g : terms.broadcast(g, x.shape());
    }

    private static Node shared(Node g, Node extreme, List<Integer> axes, Node x, NodeBuilder terms) {
        Node among = terms.binary(BinaryOperation.EQUAL, x, extreme);
        Node count = terms.sum(terms.cast(among, x.dtype()), axes, true);
        return terms.where(among, terms.over(g, count), terms.number(0));
    }
}
