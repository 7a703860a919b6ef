package org.sdescript.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/** Samples [n, …], of a system a record of such by state: cut and joined along their first axis. */
public final class Samples {
    private Samples() {}

    /** Some of the samples, one after the other. */
    public static Value some(Value samples, int from, int count, Tensors tensors, Span span) {
        return Leaves.replace(
                samples,
                leaf -> from == 0 && tensors.shape(leaf).size(0) == count
                        ? leaf
                        : tensors.apply(new Operation.Slice(0, from, from + count, 1), span, leaf));
    }

    /** Batches one after the other along an axis. */
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

    /** The shape of samples whose states have one. */
    public static Shape shape(Value samples, Tensors tensors) {
        return uniform(samples, tensors).orElseThrow();
    }

    /** The shape that all states have, if they have one. */
    static Optional<Shape> uniform(Value samples, Tensors tensors) {
        List<Value> leaves = Leaves.of(samples);
        List<Shape> shapes = leaves.stream()
                .filter(Tensors::isTensor)
                .map(tensors::shape)
                .distinct()
                .toList();
        boolean isOne = shapes.size() == 1 && leaves.stream().allMatch(Tensors::isTensor);
        return isOne && shapes.getFirst().rank() > 0 ? Optional.of(shapes.getFirst()) : Optional.empty();
    }
}
