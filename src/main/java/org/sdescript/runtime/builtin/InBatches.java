package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sdescript.backend.RandomStream;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.SampleSlices;
import org.sdescript.runtime.TensorLeaves;
import org.sdescript.runtime.TensorSource;
import org.sdescript.runtime.UnitJob;
import org.sdescript.runtime.UnitResult;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.WorkUnit;
import org.sdescript.runtime.process.ProcessValue;

/** One call of {@code in_batches}: a function of batches of samples, each a unit of work. */
final class InBatches {
    /** The position of the score among the variables of the function. */
    private static final int SCORE = 2;

    /** The position of the process. */
    private static final int PROCESS = 3;

    private final Call call;
    private final Callable function;
    private final Value samples;
    private final int n;

    InBatches(Call call) {
        this.call = call;
        this.function = call.callable("f");
        this.samples = samples();
        this.n = Math.toIntExact(shape().size(0));
        if (function.signature().slots().size() <= SCORE) {
            throw call.mismatch("f", "a function of (batch, from, score)");
        }
        if (call.given("process").isPresent() && function.signature().slots().size() <= PROCESS) {
            throw call.mismatch("f", "a function of (batch, from, score, process)");
        }
    }

    /** Returns x with its data sets as tensors. */
    private Value samples() {
        return TensorLeaves.replace(
                call.value("x"),
                leaf -> leaf instanceof TensorSource source
                        ? source.tensor()
                        : call.tensors().require(leaf, "`x` of in_batches", call.place("x")));
    }

    private Shape shape() {
        List<Shape> shapes =
                TensorLeaves.of(samples).stream().map(call.tensors()::shape).toList();
        if (shapes.isEmpty()
                || shapes.stream().anyMatch(shape -> shape.rank() == 0)
                || shapes.stream().map(shape -> shape.size(0)).distinct().count() > 1
                || shapes.getFirst().size(0) == 0) {
            throw call.mismatch("x", "samples [n, …], or a record of as many samples for each state");
        }
        return shapes.getFirst();
    }

    Value value() {
        RandomStream stream =
                new RandomStream(call.session().sampling().random().integers(1, Long.MAX_VALUE)[0]);
        List<WorkUnit> units = WorkUnit.of(n, call.integer("batch")).stream()
                .map(this::withArguments)
                .toList();
        List<UnitResult> results = call.interpreter().units().run(job(stream), units);
        call.session().sampling().resetEvaluations();
        call.session()
                .sampling()
                .countEvaluations(results.stream()
                        .mapToLong(UnitResult::evaluations)
                        .max()
                        .orElse(0));
        return joined(results.stream().map(UnitResult::value).toList());
    }

    private UnitJob job(RandomStream stream) {
        UnitJob[] job = new UnitJob[1];
        job[0] = new UnitJob(
                function.signature().name(),
                call.span(),
                unit -> job[0].call(call.interpreter(), unit),
                function,
                false,
                new Arguments(List.of(), shared(), call.span()),
                Optional.of(new UnitJob.Cut(List.copyOf(shared().keySet()), n, shape().rank())),
                stream,
                0);
        return job[0];
    }

    /** Returns score and process as arguments of all units, each of which takes its part of them. */
    private Map<String, Value> shared() {
        Map<String, Value> shared = new LinkedHashMap<>();
        call.given("score").ifPresent(score -> shared.put(name(SCORE), score));
        call.given("process").ifPresent(process -> shared.put(name(PROCESS), ProcessValue.argument(call, "process")));
        return shared;
    }

    private String name(int position) {
        return function.signature().slots().get(position).name();
    }

    private WorkUnit withArguments(WorkUnit unit) {
        Value part = SampleSlices.some(samples, unit.from(), unit.count(), call.tensors(), call.span());
        Value from = Value.number(unit.from());
        return call.given("score").isPresent() ? unit.with(part, from) : unit.with(part, from, Value.None.NONE);
    }

    /** Joins the results of all batches; those of a function with several results one by one. */
    private Value joined(List<Value> parts) {
        if (parts.getFirst() instanceof Value.ListValue(var first)) {
            List<Value> joined = new ArrayList<>();
            IntStream.range(0, first.size())
                    .forEach(i -> joined.add(joined(parts.stream()
                            .map(part -> ((Value.ListValue) part).elements().get(i))
                            .toList())));
            return Value.list(joined);
        }
        return SampleSlices.joined(parts, call.integer("axis"), call.tensors(), call.span());
    }
}
