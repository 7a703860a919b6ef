package org.sdescript.learn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.runtime.DataMoments;
import org.sdescript.runtime.RowReader;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * The training samples: one tensor, or for a system with several data states one tensor per data state.
 *
 * @param names the names of the data states; empty for a single tensor
 * @param tensors tensors of one shape, {@code [n, …]}; empty if batches are read from storage
 * @param reader reads batches from storage
 */
record TrainingSamples(List<String> names, List<Tensor> tensors, Optional<RowReader> reader) {
    TrainingSamples {
        names = List.copyOf(names);
        tensors = List.copyOf(tensors);
    }

    static TrainingSamples of(List<String> names, List<Tensor> tensors) {
        return new TrainingSamples(names, tensors, Optional.empty());
    }

    static TrainingSamples read(RowReader reader) {
        return new TrainingSamples(List.of(), List.of(), Optional.of(reader));
    }

    /** Returns the number of tensors in a batch, without labels. */
    int parts() {
        return Math.max(1, tensors.size());
    }

    /** Returns the number of samples. */
    long count() {
        return reader.map(RowReader::shape)
                .orElseGet(() -> tensors.getFirst().shape())
                .size(0);
    }

    /** Returns the shape of one sample. */
    Shape shape() {
        Shape all =
                reader.map(RowReader::shape).orElseGet(() -> tensors.getFirst().shape());
        return new Shape(all.sizes().subList(1, all.rank()));
    }

    /** Returns the moments of each component; empty if batches are read from storage or several states are data. */
    Optional<DataMoments> moments(Tensors tensors, Span span) {
        if (this.tensors.size() != 1) {
            return Optional.empty();
        }
        Value all = new Value.TensorValue(this.tensors.getFirst());
        Value mean = tensors.reduce(Reduction.MEAN, all, List.of(0), false, span);
        Value distance = tensors.binary(BinaryOperation.SUBTRACT, all, mean, span);
        Value square = tensors.unary(UnaryOperation.SQUARE, distance, span);
        Value variance = tensors.reduce(Reduction.MEAN, square, List.of(0), false, span);
        return Optional.of(new DataMoments(numbers(mean), numbers(variance)));
    }

    private static double[] numbers(Value tensor) {
        return ((Value.TensorValue) tensor).tensor().toDoubles();
    }

    /** Returns the rows of a batch in the structure of the given data. */
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
