package org.sdescript.learn;

import java.util.List;
import java.util.stream.Stream;
import org.sdescript.backend.Backend;
import org.sdescript.backend.RandomStream;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * Batches of a data set, each row once per epoch in an order that depends on the seed and the epoch alone, so that any
 * step's batch can be found without those before it.
 */
final class Batches implements AutoCloseable {
    private final List<Tensor> data;
    private final int size;
    private final RandomStream order;
    private final int perEpoch;
    private long epoch = -1;
    private Tensor rows;

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

    /**
     * What a step's kernel is given: the data, and which of their rows to take; see {@link #taken}.
     *
     * @param rows owned by the batch
     */
    record Batch(List<Tensor> data, Tensor rows) implements AutoCloseable {
        List<Value> values() {
            return Stream.concat(data.stream(), Stream.of(rows))
                    .<Value>map(Value.TensorValue::new)
                    .toList();
        }

        @Override
        public void close() {
            rows.close();
        }
    }

    /** The rows themselves, of the samples and of the labels, from what stands for {@link Batch#values} in a trace. */
    static List<Value> taken(List<Value> values, Tensors tensors, Span span) {
        Value rows = values.getLast();
        return values.subList(0, values.size() - 1).stream()
                .map(data -> tensors.apply(new Operation.Gather(0), span, data, rows))
                .toList();
    }

    /** The batch of a step; the caller closes it. */
    Batch at(long step, Backend backend) {
        long wanted = step / perEpoch;
        if (wanted != epoch) {
            begin(wanted, backend);
        }
        long from = step % perEpoch * size;
        return new Batch(data, backend.rows(rows, from, from + size));
    }

    /** Lays out the rows of an epoch, each again and again where a batch is larger than the data. */
    private void begin(long wanted, Backend backend) {
        int[] permutation = order.split(wanted).permutation(Math.toIntExact(samples()));
        long[] laid = new long[Math.multiplyExact(perEpoch, size)];
        for (int i = 0; i < laid.length; i++) {
            laid[i] = permutation[i % permutation.length];
        }
        close();
        rows = backend.tensor(Shape.of(laid.length), laid);
        epoch = wanted;
    }

    @Override
    public void close() {
        if (rows != null) {
            rows.close();
        }
    }
}
