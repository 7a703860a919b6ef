package org.sdescript.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.sdescript.backend.Backend;
import org.sdescript.backend.RandomStream;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Replica;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * Joins each batch of a training on a path with samples of the other end, as the coupling says. The samples of a step
 * depend only on the seed and the step. A coupling sees whole batches, whatever part of them a replica computes.
 */
final class PathEnds implements AutoCloseable {
    private final Interpreter interpreter;
    private final PathPlan plan;
    private final Optional<Batches> others;
    private final Batches whole;
    private final Optional<Tensor> rows;
    private final Shape sample;
    private final RandomStream draws;
    private final Replica.Slice slice;
    private final Span span;

    /**
     * @param whole the whole batches of the data
     * @param sample the shape of one sample
     * @param other the samples of the other end; empty for a law
     * @param draws for the order of the other end, its draws and those of the coupling
     */
    PathEnds(
            Interpreter interpreter,
            PathPlan plan,
            Batches whole,
            Shape sample,
            Optional<Tensor> other,
            RandomStream draws,
            int batch,
            Replica.Slice slice,
            Span span) {
        this.interpreter = interpreter;
        this.plan = plan;
        this.whole = whole;
        this.sample = sample;
        this.rows = other;
        this.draws = draws;
        this.slice = slice;
        this.span = span;
        this.others =
                plan.isPaired() ? Optional.empty() : other.map(b -> Batches.of(List.of(b), batch, draws.split(0)));
    }

    /** Returns a batch with its samples of the other end; closing it frees what was made for it. */
    Batches.Batch joined(Batches.Batch batch, long step) {
        if (plan.isPaired()) {
            return batch.with(new Batches.OtherEnd(rows.orElseThrow(), batch.rows()), List.of());
        }
        Backend backend = interpreter.session().backend();
        List<Tensor> made = new ArrayList<>();
        try (Batches.Batch all = whole.at(step, backend)) {
            Batches.OtherEnd end = drawn(all.size(), step, made);
            if (!plan.isIndependent()) {
                end = coupled(all, end, step, made);
            }
            Tensor own = kept(backend.rows(end.rows(), slice.from(), Math.min(slice.to(), all.size())), made);
            return batch.with(new Batches.OtherEnd(end.data(), own), made);
        }
    }

    /** Draws as many samples of the other end as the whole batch has, in any order. */
    private Batches.OtherEnd drawn(int count, long step, List<Tensor> made) {
        Backend backend = interpreter.session().backend();
        if (others.isPresent()) {
            Batches.Batch drawn = others.get().at(step, backend);
            made.addAll(drawn.owned());
            Tensor first = kept(backend.rows(drawn.rows(), 0, count), made);
            return new Batches.OtherEnd(drawn.data().getFirst(), first);
        }
        List<Long> sizes = new ArrayList<>(List.of((long) count));
        sizes.addAll(sample.sizes());
        Value samples = interpreter.session().sampling().drawing(draws.split(1).split(step), () -> plan.law()
                .orElseThrow()
                .sample(new Shape(sizes), interpreter.tensors(), span));
        Tensor order =
                kept(backend.tensor(Shape.of(count), LongStream.range(0, count).toArray()), made);
        return new Batches.OtherEnd(kept(((Value.TensorValue) samples).tensor(), made), order);
    }

    private Batches.OtherEnd coupled(Batches.Batch all, Batches.OtherEnd end, long step, List<Tensor> made) {
        Value own = gathered(all.data().getFirst(), all.rows(), made);
        Value others = gathered(end.data(), end.rows(), made);
        Value a = plan.dataIsStart() ? own : others;
        Value b = plan.dataIsStart() ? others : own;
        Value rows = interpreter
                .session()
                .sampling()
                .drawing(
                        draws.split(2).split(step),
                        () -> interpreter.call(interpreter.library("coupled"), span, plan.coupling(), a, b));
        Tensor chosen = kept(((Value.TensorValue) rows).tensor(), made);
        // a coupling gives the row of b for each a; if the data stand at the end, the batch follows the order of b
        Tensor of = plan.dataIsStart() ? chosen : inverse(chosen, made);
        return new Batches.OtherEnd(end.data(), taken(end.rows(), of, made));
    }

    /** Returns for each row of b the row of a that is joined to it; a row of b that is joined to none keeps its place. */
    private Tensor inverse(Tensor rows, List<Tensor> made) {
        double[] of = rows.toDoubles();
        long[] back = LongStream.range(0, of.length).toArray();
        for (int i = 0; i < of.length; i++) {
            back[(int) of[i]] = i;
        }
        return kept(interpreter.session().backend().tensor(rows.shape(), back), made);
    }

    private Value gathered(Tensor data, Tensor rows, List<Tensor> made) {
        return new Value.TensorValue(taken(data, rows, made));
    }

    private Tensor taken(Tensor data, Tensor rows, List<Tensor> made) {
        return kept(
                (Tensor) interpreter.session().backend().apply(new Operation.Gather(0), List.of(data, rows), draws),
                made);
    }

    private static Tensor kept(Tensor tensor, List<Tensor> made) {
        made.add(tensor);
        return tensor;
    }

    @Override
    public void close() {
        others.ifPresent(Batches::close);
        whole.close();
    }
}
