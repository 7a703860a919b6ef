package org.sdescript.learn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.RowReader;
import org.sdescript.runtime.Value;

/**
 * What is trained on: a tensor of samples, or of a system of which several states are data one for each of these.
 *
 * @param names of the states that the tensors are of, none for a single tensor
 * @param tensors of one shape, {@code [n, …]}; none where they are read batch by batch
 * @param reader how they are read then
 */
record Samples(List<String> names, List<Tensor> tensors, Optional<RowReader> reader) {
    Samples {
        names = List.copyOf(names);
        tensors = List.copyOf(tensors);
    }

    static Samples of(List<String> names, List<Tensor> tensors) {
        return new Samples(names, tensors, Optional.empty());
    }

    static Samples read(RowReader reader) {
        return new Samples(List.of(), List.of(), Optional.of(reader));
    }

    /** How many tensors a batch has of them, without labels. */
    int parts() {
        return Math.max(1, tensors.size());
    }

    /** The shape of one sample. */
    Shape shape() {
        Shape all =
                reader.map(RowReader::shape).orElseGet(() -> tensors.getFirst().shape());
        return new Shape(all.sizes().subList(1, all.rank()));
    }

    /** The same rows of each tensor, in the form that the data was given in. */
    Value form(List<Value> taken) {
        if (names.isEmpty()) {
            return taken.getFirst();
        }
        Map<String, Value> fields = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            fields.put(names.get(i), taken.get(i));
        }
        return new Value.RecordValue(fields);
    }
}
