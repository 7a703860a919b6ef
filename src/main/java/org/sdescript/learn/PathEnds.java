package org.sdescript.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.sdescript.backend.RandomStream;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.Operation;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Replica;
import org.sdescript.runtime.SampleSlices;
import org.sdescript.runtime.TensorLeaves;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * Joins each batch of a training on a path with samples of the other end, as the coupling says. The samples of a step
 * depend only on the seed and the step. A coupling sees pools of one or more whole batches, whatever part of them a replica
 * computes.
 */
final class PathEnds implements AutoCloseable {
    private final Interpreter interpreter;
    private final PathPlan plan;
    private final Batches whole;
    private final OtherSamples others;
    private final EndConditions conditions;
    private final RandomStream draws;
    private final int batch;
    private final Replica.Slice slice;
    private final Span span;
    private Optional<Pool> pool = Optional.empty();

    /**
     * The joined samples of some steps.
     *
     * @param number the number of the pool: the steps of pool k follow those of pool k − 1
     * @param rows the rows of {@code data} for the samples of all steps
     * @param owned tensors that are closed with the pool
     */
    private record Pool(long number, Tensor data, Tensor rows, List<Tensor> owned) {
        void close() {
            owned.forEach(Tensor::close);
        }
    }

    /**
     * @param whole the whole batches of the data
     * @param others the samples of the other end
     * @param draws for the draws of a coupling
     */
    PathEnds(
            Interpreter interpreter,
            PathPlan plan,
            Batches whole,
            OtherSamples others,
            EndConditions conditions,
            RandomStream draws,
            int batch,
            Replica.Slice slice,
            Span span) {
        this.interpreter = interpreter;
        this.plan = plan;
        this.whole = whole;
        this.others = others;
        this.conditions = conditions;
        this.draws = draws;
        this.batch = batch;
        this.slice = slice;
        this.span = span;
    }

    /** Returns a batch with its samples of the other end; closing it frees what was made for it. */
    Batches.Batch joined(Batches.Batch its, long step) {
        int steps = plan.steps(batch);
        Pool present = pool(step / steps, steps);
        long first = step % steps * batch + slice.from();
        Tensor own = interpreter.session().backend().rows(present.rows(), first, first + its.size());
        return its.with(new Batches.OtherEnd(present.data(), own), List.of(own));
    }

    private Pool pool(long number, int steps) {
        if (pool.isPresent() && pool.get().number() == number) {
            return pool.get();
        }
        pool.ifPresent(Pool::close);
        pool = Optional.empty();
        List<Tensor> made = new ArrayList<>();
        Batches.OtherEnd end = plan.isCoupled() ? coupled(number, steps, made) : drawn(number, made);
        Pool next = new Pool(number, end.data(), end.rows(), made);
        pool = Optional.of(next);
        return next;
    }

    /** Returns the samples of the other end for one step, as they were drawn. */
    private Batches.OtherEnd drawn(long step, List<Tensor> made) {
        try (Batches.Batch all = whole.at(step, interpreter.session().backend())) {
            return others.of(all, step, made);
        }
    }

    /** Couples the samples of consecutive steps. */
    private Batches.OtherEnd coupled(long number, int steps, List<Tensor> made) {
        List<Tensor> used = new ArrayList<>();
        try {
            return coupled(number, steps, used, made);
        } finally {
            used.stream().filter(each -> !made.contains(each)).forEach(Tensor::close);
        }
    }

    private Batches.OtherEnd coupled(long number, int steps, List<Tensor> used, List<Tensor> made) {
        List<Value> own = new ArrayList<>();
        List<Value> other = new ArrayList<>();
        List<Value> given = new ArrayList<>();
        for (long step = number * steps; step < (number + 1) * steps; step++) {
            try (Batches.Batch all = whole.at(step, interpreter.session().backend())) {
                Batches.OtherEnd end = others.of(all, step, used);
                own.add(gathered(all.data().getFirst(), all.rows(), used));
                other.add(gathered(end.data(), end.rows(), used));
                if (!conditions.isEmpty()) {
                    given.add(conditions.value(all, used));
                }
            }
        }
        Value joined = joined(other, used);
        Value both = given.isEmpty() ? Value.None.NONE : joined(given, used);
        Tensor data = ((Value.TensorValue) joined).tensor();
        Tensor rows = rows(joined(own, used), joined, both, number);
        made.addAll(List.of(data, rows));
        return new Batches.OtherEnd(data, rows);
    }

    private Value joined(List<Value> parts, List<Tensor> used) {
        Value all = SampleSlices.joined(parts, 0, interpreter.tensors(), span);
        if (parts.size() > 1) {
            TensorLeaves.of(all).forEach(leaf -> used.add(((Value.TensorValue) leaf).tensor()));
        }
        return all;
    }

    /**
     * Returns the row of the other end for each sample of the data.
     *
     * @param given the conditions of the data, which are those of the other end too: its samples were drawn for them
     */
    private Tensor rows(Value own, Value other, Value given, long number) {
        Value a = plan.dataIsStart() ? own : other;
        Value b = plan.dataIsStart() ? other : own;
        Value rows = interpreter
                .session()
                .sampling()
                .drawing(
                        draws.split(number),
                        () -> interpreter.call(
                                interpreter.library("coupled"), span, plan.coupling(), a, b, given, given));
        Tensor chosen = ((Value.TensorValue) rows).tensor();
        // a coupling gives the row of b for each a; if the data stand at the end, the batch follows the order of b
        return plan.dataIsStart() ? chosen : inverse(chosen);
    }

    /** Returns for each row of b the row of a that is joined to it; a row of b that is joined to none keeps its place. */
    private Tensor inverse(Tensor rows) {
        double[] of = rows.toDoubles();
        long[] back = LongStream.range(0, of.length).toArray();
        for (int i = 0; i < of.length; i++) {
            back[(int) of[i]] = i;
        }
        return interpreter.session().backend().tensor(rows.shape(), back);
    }

    private Value gathered(Tensor data, Tensor rows, List<Tensor> used) {
        Tensor taken =
                (Tensor) interpreter.session().backend().apply(new Operation.Gather(0), List.of(data, rows), draws);
        used.add(taken);
        return new Value.TensorValue(taken);
    }

    @Override
    public void close() {
        pool.ifPresent(Pool::close);
        others.close();
        whole.close();
    }
}
