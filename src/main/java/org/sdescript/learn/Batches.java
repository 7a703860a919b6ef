package org.sdescript.learn;

import java.util.List;
import org.sdescript.backend.Backend;
import org.sdescript.backend.RandomStream;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Value;

/**
 * Batches of a data set, each row once per epoch in an order that depends on the seed and the epoch alone, so that any
 * step's batch can be found without those before it.
 */
final class Batches {
    private final List<Tensor> data;
    private final int size;
    private final RandomStream order;
    private final int perEpoch;
    private long epoch = -1;
    private int[] permutation;

    /** @param data samples and, where there are any, their labels: a row for each sample */
    Batches(List<Tensor> data, int size, RandomStream order) {
        this.data = data;
        this.size = size;
        this.order = order;
        this.perEpoch = Math.toIntExact(Math.max(1, samples() / size));
    }

    private long samples() {
        return data.getFirst().shape().size(0);
    }

    /** The same rows of the samples and of the labels. */
    record Batch(List<Tensor> tensors) implements AutoCloseable {
        List<Value> values() {
            return tensors.stream()
                    .map(Value.TensorValue::new)
                    .map(Value.class::cast)
                    .toList();
        }

        @Override
        public void close() {
            tensors.forEach(Tensor::close);
        }
    }

    /** The rows of a step; the caller closes them. */
    Batch at(long step, Backend backend) {
        long wanted = step / perEpoch;
        if (wanted != epoch) {
            permutation = order.split(wanted).permutation(Math.toIntExact(samples()));
            epoch = wanted;
        }
        double[] rows = new double[size];
        int from = Math.toIntExact(step % perEpoch) * size;
        for (int i = 0; i < size; i++) {
            rows[i] = permutation[(from + i) % permutation.length];
        }
        try (Tensor index = backend.tensor(DType.INT64, Shape.of(size), rows)) {
            return new Batch(data.stream()
                    .map(each -> (Tensor) backend.apply(new Operation.Gather(0), List.of(each, index), order))
                    .toList());
        }
    }
}
