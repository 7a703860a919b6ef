package org.sdescript.graph.gradient;

import java.util.List;
import org.sdescript.graph.Node;
import org.sdescript.graph.NodeBuilder;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;

/** Cotangents of matrix products; the cotangent of a factor shared by all samples is a sum over the samples. */
final class ProductPullbacks {
    private ProductPullbacks() {}

    /** For y = a b: g bᵀ and aᵀ g. */
    static Node ofMatMul(Node node, int place, Node g, NodeBuilder terms) {
        Node a = node.inputs().get(0);
        Node b = node.inputs().get(1);
        if (place == 0) {
            return summed(terms.matMul(g, terms.transpose(b)), a.shape(), terms);
        }
        return b.shape().rank() == 2
                ? terms.matMul(terms.transpose(rows(a, terms)), rows(g, terms))
                : summed(terms.matMul(terms.transpose(a), g), b.shape(), terms);
    }

    /** For y = x wᵀ + b: g w, gᵀ x and the sum of g over all axes but the features. */
    static Node ofLinear(Node node, int place, Node g, NodeBuilder terms) {
        Node x = node.inputs().get(0);
        Node weight = node.inputs().get(1);
        Node rows = rows(g, terms);
        return switch (place) {
            case 0 -> terms.reshape(terms.matMul(rows, weight), x.shape());
            case 1 -> terms.matMul(terms.transpose(rows), rows(x, terms));
            case 2 -> terms.sum(rows, List.of(0), false);
            default -> throw new IllegalArgumentException("a linear layer has no input " + place);
        };
    }

    /** Merges all leading axes. */
    private static Node rows(Node x, NodeBuilder terms) {
        Shape shape = x.shape();
        long columns = shape.size(shape.rank() - 1);
        long rows = new Shape(shape.sizes().subList(0, shape.rank() - 1)).elements();
        return terms.reshape(x, Shape.of(rows, columns));
    }

    private static Node summed(Node product, Shape factor, NodeBuilder terms) {
        Type.TensorType type = (Type.TensorType) product.type();
        return Cotangents.fit(product, type, new Type.TensorType(type.dtype(), factor), terms);
    }
}
