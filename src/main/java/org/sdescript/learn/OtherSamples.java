package org.sdescript.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.sdescript.backend.Backend;
import org.sdescript.backend.RandomStream;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.RowGroups;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.Distribution;
import org.sdescript.source.Span;

/**
 * Draws the samples of the second end of a path for each batch, in any order. The draws of a step depend only on the seed
 * and the step.
 */
sealed interface OtherSamples extends AutoCloseable {
    /**
     * Returns as many samples as the batch has.
     *
     * @param all the whole batch of a step
     * @param made receives the tensors that the caller closes
     */
    Batches.OtherEnd of(Batches.Batch all, long step, List<Tensor> made);

    @Override
    default void close() {}

    /** Draws from a law. */
    record OfLaw(Distribution law, Shape sample, RandomStream draws, Interpreter interpreter, Span span)
            implements OtherSamples {
        @Override
        public Batches.OtherEnd of(Batches.Batch all, long step, List<Tensor> made) {
            List<Long> sizes = new ArrayList<>(List.of((long) all.size()));
            sizes.addAll(sample.sizes());
            Value samples = interpreter
                    .session()
                    .sampling()
                    .drawing(draws.split(step), () -> law.sample(new Shape(sizes), interpreter.tensors(), span));
            Tensor data = ((Value.TensorValue) samples).tensor();
            Tensor order = interpreter
                    .session()
                    .backend()
                    .tensor(
                            Shape.of(all.size()),
                            LongStream.range(0, all.size()).toArray());
            made.addAll(List.of(data, order));
            return new Batches.OtherEnd(data, order);
        }
    }

    /** Takes samples in batches of their own, an epoch in an order of its own. */
    record Shuffled(Batches batches, Backend backend) implements OtherSamples {
        @Override
        public Batches.OtherEnd of(Batches.Batch all, long step, List<Tensor> made) {
            Batches.Batch drawn = batches.at(step, backend);
            made.addAll(drawn.owned());
            Tensor first = backend.rows(drawn.rows(), 0, all.size());
            made.add(first);
            return new Batches.OtherEnd(drawn.data().getFirst(), first);
        }

        @Override
        public void close() {
            batches.close();
        }
    }

    /**
     * Draws for each sample of a batch one of the same conditions, with replacement.
     *
     * @param data the samples
     * @param rows the rows of the samples by their conditions
     */
    record OfEqualConditions(Tensor data, RowGroups rows, EndConditions conditions, RandomStream draws, Backend backend)
            implements OtherSamples {
        @Override
        public Batches.OtherEnd of(Batches.Batch all, long step, List<Tensor> made) {
            int n = all.size();
            double[] wanted = conditions.numbers(all);
            double[] places = draws.split(step).uniform(Shape.of(n));
            long[] drawn = IntStream.range(0, n)
                    .mapToLong(i -> {
                        List<Integer> equal = rows.of(RowGroups.row(wanted, n, i));
                        return equal.get((int) (places[i] * equal.size()));
                    })
                    .toArray();
            Tensor chosen = backend.tensor(Shape.of(n), drawn);
            made.add(chosen);
            return new Batches.OtherEnd(data, chosen);
        }
    }
}
