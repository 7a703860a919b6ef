package org.sdescript.graph.gradient;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.graph.DType;
import org.sdescript.graph.Node;
import org.sdescript.graph.NodeBuilder;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;

/**
 * The forms of a cotangent: a tensor's cotangent has the tensor's type, or is a number that represents every element; a
 * host number's cotangent is a number, or a tensor without axes where the number has met tensors.
 */
final class Cotangents {
    private Cotangents() {}

    /** Returns a tensor's cotangent with all its elements; a number's cotangent unchanged. */
    static Node whole(Node cotangent, Type type, NodeBuilder terms) {
        return switch (type) {
            case Type.Scalar number -> cotangent;
            case Type.TensorType tensor ->
                cotangent.isNumber()
                        ? terms.fill(cotangent, tensor)
                        : terms.broadcast(terms.cast(cotangent, tensor.dtype()), tensor.shape());
        };
    }

    /**
     * Reduces a cotangent to an operand that was broadcast: the sum over its copies.
     *
     * @param part a cotangent that broadcasts to the result
     */
    static Node fit(Node part, Type result, Type operand, NodeBuilder terms) {
        return switch (operand) {
            case Type.Scalar number -> ofNumber(part, result, terms);
            case Type.TensorType tensor -> ofTensor(part, ((Type.TensorType) result).shape(), tensor, terms);
        };
    }

    private static Node ofNumber(Node part, Type result, NodeBuilder terms) {
        return switch (result) {
            case Type.Scalar number -> part;
            case Type.TensorType(DType dtype, Shape shape) ->
                part.isNumber() ? terms.times(shape.elements(), part) : summed(part, shape, Shape.SCALAR, terms);
        };
    }

    private static Node ofTensor(Node part, Shape result, Type.TensorType operand, NodeBuilder terms) {
        if (part.isNumber()) {
            long elements = operand.shape().elements();
            return elements == 0 ? part : terms.times((double) result.elements() / elements, part);
        }
        return summed(part, result, operand.shape(), terms);
    }

    /** Casts a cotangent to the dtype of its node; a number's cotangent may have any dtype. */
    static Node typed(Node cotangent, Type type, NodeBuilder terms) {
        return type instanceof Type.TensorType(DType dtype, var shape) && !cotangent.isNumber()
                ? terms.cast(cotangent, dtype)
                : cotangent;
    }

    /** Sums over the axes that the operand lacks or has with size 1. */
    private static Node summed(Node part, Shape result, Shape operand, NodeBuilder terms) {
        int more = result.rank() - operand.rank();
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; axis < result.rank(); axis++) {
            if (axis < more || operand.size(axis - more) == 1 && result.size(axis) != 1) {
                axes.add(axis);
            }
        }
        return terms.reshape(terms.sum(terms.broadcast(part, result), axes, false), operand);
    }
}
