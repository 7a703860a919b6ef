package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/** Shared tensor functions, composed of graph operations. */
public final class TensorFunctions {
    private TensorFunctions() {}

    /** Swaps the last two axes. */
    public static Value transpose(Value tensor, Tensors tensors, Span span) {
        int rank = tensors.shape(tensor).rank();
        List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        if (rank >= 2) {
            java.util.Collections.swap(order, rank - 1, rank - 2);
        }
        return tensors.apply(new Operation.Permute(order), span, tensor);
    }

    /**
     * Concatenates along an axis; sizes of 1 on the other axes are broadcast, so that one time embedding fits many
     * samples.
     */
    public static Value concat(List<Value> parts, int axis, Tensors tensors, Span span) {
        int rank = tensors.shape(parts.getFirst()).rank();
        List<Long> common = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            int each = i;
            common.add(parts.stream()
                    .map(tensors::shape)
                    .filter(shape -> shape.rank() == rank)
                    .mapToLong(shape -> shape.size(each))
                    .max()
                    .orElse(1));
        }
        List<Value> stretched = parts.stream()
                .map(part -> stretch(part, common, axis, tensors, span))
                .toList();
        return tensors.apply(new Operation.Concat(axis), span, stretched);
    }

    private static Value stretch(Value part, List<Long> common, int axis, Tensors tensors, Span span) {
        Shape shape = tensors.shape(part);
        if (shape.rank() != common.size()) {
            return part;
        }
        Shape wanted = shape;
        for (int i = 0; i < common.size(); i++) {
            if (i != axis && shape.size(i) == 1) {
                wanted = wanted.with(i, common.get(i));
            }
        }
        return wanted.equals(shape) ? part : tensors.apply(new Operation.Broadcast(wanted), span, part);
    }
}
