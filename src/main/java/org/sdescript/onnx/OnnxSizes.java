package org.sdescript.onnx;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.graph.Shape;

/**
 * Sizes of axes. A multiple of the batch size of the trace is the same multiple of the batch of a call; all other sizes
 * are constants. The batch size of the trace divides no other size.
 */
final class OnnxSizes {
    private final long batch;
    private final String passed;

    /**
     * @param batch the batch size of the trace
     * @param passed the int64 vector of one element that holds the batch size of a call
     */
    OnnxSizes(long batch, String passed) {
        this.batch = batch;
        this.passed = passed;
    }

    /** Returns the vector of one element with the batch size of a call. */
    String batch() {
        return passed;
    }

    private boolean varies(long size) {
        return size != 0 && size % batch == 0;
    }

    /** Returns an axis of a type: a number, or the name {@code batch}. */
    static ProtoMessage axis(long size, long batch) {
        if (size == 0 || size % batch != 0) {
            return OnnxMessages.fixedAxis(size);
        }
        return OnnxMessages.namedAxis(size == batch ? "batch" : size / batch + "*batch");
    }

    /** Returns the axes of a type. */
    List<ProtoMessage> axes(Shape shape) {
        return shape.sizes().stream().map(size -> axis(size, batch)).toList();
    }

    /** Returns a size as an int64 vector of one element. */
    String size(long size, OnnxNodes nodes) {
        if (!varies(size)) {
            return nodes.constants().integers(size);
        }
        return size == batch
                ? passed
                : nodes.add("Mul", List.of(passed, nodes.constants().integers(size / batch)));
    }

    /** Returns a shape as an int64 vector. */
    String shape(Shape shape, OnnxNodes nodes) {
        if (shape.sizes().stream().noneMatch(this::varies)) {
            return nodes.constants().integers(shape.sizes());
        }
        List<String> parts =
                shape.sizes().stream().map(size -> size(size, nodes)).toList();
        return parts.size() == 1 ? parts.getFirst() : nodes.add("Concat", parts, OnnxAttribute.of("axis", 0));
    }

    /** Returns the elements of a value in another shape; a single size that varies is left to the operator. */
    String reshape(String value, Shape shape, OnnxNodes nodes) {
        long varying = shape.sizes().stream().filter(this::varies).count();
        boolean isEmpty = shape.sizes().contains(0L);
        if (varying != 1 || isEmpty) {
            OnnxAttribute zeros = OnnxAttribute.of("allowzero", isEmpty ? 1 : 0);
            return nodes.add("Reshape", List.of(value, shape(shape, nodes)), zeros);
        }
        List<Long> sizes = new ArrayList<>(shape.sizes());
        sizes.replaceAll(size -> varies(size) ? -1 : size);
        return nodes.add("Reshape", List.of(value, nodes.constants().integers(sizes)));
    }
}
