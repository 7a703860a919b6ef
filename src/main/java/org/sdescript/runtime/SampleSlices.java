package org.sdescript.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/** Slices and joins samples [n, …], or for a system a record of them by state, along the first axis. */
public final class SampleSlices {
    private SampleSlices() {}

    /** Returns a contiguous range of samples. */
    public static Value some(Value samples, int from, int count, Tensors tensors, Span span) {
        return TensorLeaves.replace(
                samples,
                leaf -> from == 0 && tensors.shape(leaf).size(0) == count
                        ? leaf
                        : tensors.apply(new Operation.Slice(0, from, from + count, 1), span, leaf));
    }

    /** Concatenates batches along an axis. */
    public static Value joined(List<Value> parts, int axis, Tensors tensors, Span span) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        if (parts.getFirst() instanceof Value.RecordValue(var states)) {
            Map<String, Value> whole = new LinkedHashMap<>();
            for (String state : states.keySet()) {
                List<Value> ofState = parts.stream()
                        .map(part -> ((Value.RecordValue) part).fields().get(state))
                        .toList();
                whole.put(state, joined(ofState, axis, tensors, span));
            }
            return new Value.RecordValue(whole);
        }
        return tensors.apply(new Operation.Concat(axis), span, parts);
    }

    /** Returns the common shape of all states. */
    public static Shape shape(Value samples, Tensors tensors) {
        return uniform(samples, tensors).orElseThrow();
    }

    /** Returns the shape if all states have the same shape. */
    static Optional<Shape> uniform(Value samples, Tensors tensors) {
        List<Value> leaves = TensorLeaves.of(samples);
        List<Shape> shapes = leaves.stream()
                .filter(Tensors::isTensor)
                .map(tensors::shape)
                .distinct()
                .toList();
        boolean isOne = shapes.size() == 1 && leaves.stream().allMatch(Tensors::isTensor);
        return isOne && shapes.getFirst().rank() > 0 ? Optional.of(shapes.getFirst()) : Optional.empty();
    }
}
