package org.sdescript.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sdescript.backend.Backend;
import org.sdescript.backend.RandomStream;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.runtime.Replica;
import org.sdescript.runtime.RowReader;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * The batches of a data set. Each epoch visits the rows in a random order that depends only on the seed and the
 * epoch, so that the batch of any step can be computed without the steps before. A remainder smaller than a batch is
 * left out. Batches {@link #inOrder} visit each row once, and the last batch may be smaller.
 */
final class Batches implements AutoCloseable {
    private final Source source;
    private final int size;
    private final Optional<RandomStream> order;
    private final Replica.Slice slice;
    private final int perEpoch;
    private long epoch = -1;

    /** The source of rows: tensors of all rows, or rows read from storage per batch. */
    private sealed interface Source extends AutoCloseable {
        long samples();

        /** Sets the order of rows for an epoch. */
        void begin(long[] rows, Backend backend);

        /** @param stride the distance to the next batch, which may be read ahead */
        Batch at(long from, long to, long stride, Backend backend);

        @Override
        void close();
    }

    /**
     * @param order empty for the order of the data
     * @param slice the part of each batch of {@code size} that is returned
     */
    private Batches(Source source, int size, Optional<RandomStream> order, Replica.Slice slice) {
        this.slice = slice;
        this.source = source;
        this.size = size;
        this.order = order;
        long filling = order.isPresent() ? 0 : size - 1L;
        this.perEpoch = Math.toIntExact(Math.max(1, (source.samples() + filling) / size));
    }

    /** @param data the samples and, if labelled, their labels, with a row for each sample */
    static Batches of(List<Tensor> data, int size, RandomStream order) {
        return new Batches(new InMemory(data), size, Optional.of(order), Replica.Slice.whole(size));
    }

    /** Returns batches of the same data and order that hold only a part of each batch. */
    Batches only(Replica.Slice part) {
        return new Batches(source, size, order, part);
    }

    /**
     * Reads the samples of each batch from storage; prefetches the next batch in the background.
     *
     * @param besides labels and conditions, with a row for each sample
     */
    static Batches of(RowReader data, List<Tensor> besides, int size, RandomStream order) {
        return new Batches(new Read(data, besides), size, Optional.of(order), Replica.Slice.whole(size));
    }

    /** Batches of each row once, in the order of the data. */
    static Batches inOrder(List<Tensor> data, int size) {
        return new Batches(new InMemory(data), size, Optional.empty(), Replica.Slice.whole(size));
    }

    /** The same of data that is read from storage. */
    static Batches inOrder(RowReader data, List<Tensor> besides, int size) {
        return new Batches(new Read(data, besides), size, Optional.empty(), Replica.Slice.whole(size));
    }

    /** The number of batches in an epoch. */
    int perEpoch() {
        return perEpoch;
    }

    /**
     * The input of a training step's kernel: the data and the rows to gather; see {@link #taken}.
     *
     * @param other the samples of the other end of a path between two laws
     * @param owned tensors that are closed with the batch
     */
    record Batch(List<Tensor> data, Tensor rows, Optional<OtherEnd> other, List<Tensor> owned)
            implements AutoCloseable {
        Batch(List<Tensor> data, Tensor rows, List<Tensor> owned) {
            this(data, rows, Optional.empty(), owned);
        }

        /** Returns the batch with samples of the other end, and the tensors that were made for it. */
        Batch with(OtherEnd end, List<Tensor> made) {
            return new Batch(
                    data,
                    rows,
                    Optional.of(end),
                    Stream.concat(owned.stream(), made.stream()).toList());
        }

        List<Value> values() {
            return Stream.of(
                            data.stream(),
                            Stream.of(rows),
                            other.stream().flatMap(end -> Stream.of(end.data(), end.rows())))
                    .flatMap(each -> each)
                    .<Value>map(Value.TensorValue::new)
                    .toList();
        }

        /** The number of samples. */
        int size() {
            return Math.toIntExact(rows.shape().size(0));
        }

        @Override
        public void close() {
            owned.forEach(Tensor::close);
        }
    }

    /** Samples of the other end of a path: the rows of a tensor, one for each sample of the batch. */
    record OtherEnd(Tensor data, Tensor rows) {}

    /**
     * Gathers the rows of samples and labels from the traced placeholders of {@link Batch#values}.
     *
     * @param hasOther true if the last of the results are samples of the other end of a path
     */
    static List<Value> taken(List<Value> values, boolean hasOther, Tensors tensors, Span span) {
        List<Value> taken = new ArrayList<>();
        int own = values.size() - (hasOther ? 2 : 0);
        for (Value data : values.subList(0, own - 1)) {
            taken.add(tensors.apply(new Operation.Gather(0), span, data, values.get(own - 1)));
        }
        if (hasOther) {
            taken.add(tensors.apply(new Operation.Gather(0), span, values.get(own), values.get(own + 1)));
        }
        return taken;
    }

    /** Returns the batch of a step; the caller closes the batch. */
    Batch at(long step, Backend backend) {
        long wanted = step / perEpoch;
        if (wanted != epoch) {
            begin(wanted, backend);
        }
        long from = step % perEpoch * size;
        return source.at(from + slice.from(), Math.min(from + slice.to(), rows()), size, backend);
    }

    /** The number of rows in an epoch; rows repeat if a batch is larger than the data. */
    private long rows() {
        return order.isPresent() ? Math.multiplyExact((long) perEpoch, size) : source.samples();
    }

    private void begin(long wanted, Backend backend) {
        long samples = source.samples();
        int[] permutation = order.map(each -> each.split(wanted).permutation(Math.toIntExact(samples)))
                .orElseGet(() -> IntStream.range(0, Math.toIntExact(samples)).toArray());
        long[] rows = new long[Math.toIntExact(rows())];
        for (int i = 0; i < rows.length; i++) {
            StopRequest.poll();
            rows[i] = permutation[i % permutation.length];
        }
        source.begin(rows, backend);
        epoch = wanted;
    }

    @Override
    public void close() {
        source.close();
    }

    /** All samples in memory; a batch is a view of the epoch's order. */
    private static final class InMemory implements Source {
        private final List<Tensor> data;
        private @Nullable Tensor rows;

        InMemory(List<Tensor> data) {
            this.data = data;
        }

        @Override
        public long samples() {
            return data.getFirst().shape().size(0);
        }

        @Override
        public void begin(long[] laid, Backend backend) {
            close();
            rows = backend.tensor(Shape.of(laid.length), laid);
        }

        @Override
        public Batch at(long from, long to, long stride, Backend backend) {
            Tensor wanted = backend.rows(Objects.requireNonNull(rows), from, to);
            return new Batch(data, wanted, List.of(wanted));
        }

        @Override
        public void close() {
            if (rows != null) {
                rows.close();
            }
        }
    }

    /** Reads batches from storage and prefetches the next batch of the epoch. */
    private static final class Read implements Source {
        private final RowReader reader;
        private final List<Tensor> besides;
        private long[] laid = {};
        private long ahead = -1;
        private @Nullable CompletableFuture<Supplier<List<Tensor>>> next;

        Read(RowReader reader, List<Tensor> besides) {
            this.reader = reader;
            this.besides = List.copyOf(besides);
        }

        @Override
        public long samples() {
            return reader.shape().size(0);
        }

        @Override
        public void begin(long[] rows, Backend backend) {
            close();
            laid = rows;
        }

        @Override
        public Batch at(long from, long to, long stride, Backend backend) {
            Supplier<List<Tensor>> read = from == ahead ? joined() : reader.read(rows(from, to));
            readAhead(from + stride, Math.min(to + stride, laid.length));
            List<Tensor> owned = new ArrayList<>(read.get());
            List<Tensor> data = new ArrayList<>(owned.subList(0, 1));
            data.addAll(besides(rows(from, to), backend));
            Tensor all = backend.tensor(
                    Shape.of(to - from), LongStream.range(0, to - from).toArray());
            owned.addAll(data.subList(1, data.size()));
            owned.add(all);
            return new Batch(data, all, owned);
        }

        /** Gathers the rows of labels and conditions, which lie in memory. */
        private List<Tensor> besides(long[] rows, Backend backend) {
            if (besides.isEmpty()) {
                return List.of();
            }
            try (Tensor wanted = backend.tensor(Shape.of(rows.length), rows)) {
                return besides.stream()
                        .map(each -> (Tensor)
                                backend.apply(new Operation.Gather(0), List.of(each, wanted), new RandomStream(0)))
                        .toList();
            }
        }

        private long[] rows(long from, long to) {
            return Arrays.copyOfRange(laid, (int) from, (int) to);
        }

        private void readAhead(long from, long to) {
            ahead = from < to ? from : -1;
            if (ahead >= 0) {
                long[] rows = rows(from, to);
                StopRequest request = StopRequest.present();
                next = CompletableFuture.supplyAsync(() -> StopRequest.during(request, () -> reader.read(rows)));
            }
        }

        private Supplier<List<Tensor>> joined() {
            try {
                return Objects.requireNonNull(next).join();
            } catch (CompletionException failure) {
                throw failure.getCause() instanceof RuntimeException own ? own : failure;
            }
        }

        /** Drops the prefetched batch; no native memory exists before the supplier runs. */
        @Override
        public void close() {
            ahead = -1;
        }
    }
}
