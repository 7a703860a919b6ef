package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.backend.OutOfMemory;
import org.sdescript.backend.RandomStream;
import org.sdescript.check.Range;
import org.sdescript.check.Wanted;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.CountedScore;
import org.sdescript.runtime.Distribution;
import org.sdescript.runtime.Finiteness;
import org.sdescript.runtime.Fit;
import org.sdescript.runtime.Library;
import org.sdescript.runtime.ProcessValue;
import org.sdescript.runtime.Theme;
import org.sdescript.runtime.Value;

/** Sampling: draws from the prior and hands them to a sampler written in the language. */
public final class SamplingFunctions implements Library {
    /** Keeps the draws of a sampling apart from those of the script and of a training with the same seed. */
    private static final long STREAM = 100;

    @Override
    public Theme theme() {
        return Theme.SAMPLING;
    }

    @Override
    public List<Builtin> builtins() {
        return List.of(Builtin.named("sample", "process", "score")
                .onHost()
                .option("n", 16)
                .option("shape", Value.None.NONE)
                .option("using", Value.None.NONE)
                .option("seed", Value.None.NONE)
                .option("batch", Value.None.NONE)
                .wants("process", Wanted.PROCESS_ITSELF)
                .wants("score", Wanted.SCORE)
                .wants("n", Wanted.number(Range.COUNT))
                .wants("using", Wanted.A_SAMPLER)
                .wants("seed", Wanted.number(Range.WHOLE))
                .wants("batch", Wanted.number(Range.COUNT))
                .doc(
                        "Draws n samples by running a sampler from the prior at t_max to t_min. `shape` is that of one sample"
                                + " and known for a trained model; `using` is pc() where none is given; `batch` samples are"
                                + " worked on at a time, without changing the result; `seed` is the run's where none is given.")
                .example(
                        "score = normal(std = 0.5).score(VP())\nx = sample(VP(), score, n = 4, shape = [2], using = pc(steps = 5))\nprint(x.shape)  # [4, 2]")
                .is(SamplingFunctions::sample));
    }

    private static Value sample(Call call) {
        ProcessValue process = call.process("process");
        Callable score = call.callable("score");
        Callable sampler = sampler(call);
        Shape shape = shape(call, score);
        int n = call.integer("n");
        int batch = call.given("batch").map(b -> call.integer("batch")).orElse(n);
        RandomStream stream = new RandomStream(call.seed("seed")).split(STREAM);
        call.session().resetEvaluations();
        Map<String, Object> about = new LinkedHashMap<>(Map.of("samples", n, "using", sampler.show()));
        return call.session().timed("sample", about, () -> {
            Value samples = inBatches(call, process, score, sampler, shape, n, batch, stream);
            about.put("evaluations", call.session().evaluations());
            return samples;
        });
    }

    private static Value inBatches(
            Call call,
            ProcessValue process,
            Callable score,
            Callable sampler,
            Shape shape,
            int n,
            int batch,
            RandomStream stream) {
        List<Value> parts = new ArrayList<>();
        for (int from = 0; from < n; from += batch) {
            int count = Math.min(batch, n - from);
            RandomStream own = stream.forSamples(from, count);
            try {
                parts.add(call.session().drawing(own, () -> run(call, process, score, sampler, count, shape)));
            } catch (SdeError error) {
                throw OutOfMemory.suggesting(error, count, SamplingFunctions::smaller);
            }
        }
        Value samples = parts.size() == 1 ? parts.getFirst() : joined(call, parts);
        List<Integer> lost = Finiteness.violated(samples, call.tensors(), call.span());
        if (!lost.isEmpty()) {
            report(call, lost, n, first -> run(call, process, score, sampler, 1, shape), stream);
        }
        return samples;
    }

    private static String smaller(int fitting) {
        return fitting == 0
                ? "not even one sample fits: make the samples or the network smaller"
                : "`sample(…, batch = " + fitting
                        + ")` works on so many at a time, which should fit, and gives the same samples";
    }

    /** Samples that are not numbers: the first of them is drawn once more, to see in which step that begins. */
    private static void report(
            Call call, List<Integer> lost, int n, java.util.function.IntConsumer again, RandomStream stream) {
        int first = lost.getFirst();
        Diagnostic told = call.diagnostic("E0540", lost.size() + " of " + n + " samples are nan or infinite")
                .help("likely causes: a step that is too large, a score far outside of what it was trained on");
        try {
            call.session()
                    .watching(call.interpreter(), () -> call.session().drawing(stream.forSamples(first, 1), () -> {
                        again.accept(first);
                        return null;
                    }));
        } catch (SdeError found) {
            told = found.diagnostics().getFirst();
        }
        if (lost.size() == n) {
            throw told.raise();
        }
        call.session()
                .console()
                .note(lost.size() + " of " + n + " samples are not finite; of the first, sample " + first + ": "
                        + told.message());
    }

    /** Batches one after the other; of a system, state by state. */
    private static Value joined(Call call, List<Value> parts) {
        if (parts.getFirst() instanceof Value.RecordValue(var states)) {
            Map<String, Value> whole = new LinkedHashMap<>();
            states.keySet()
                    .forEach(state -> whole.put(
                            state,
                            joined(
                                    call,
                                    parts.stream()
                                            .map(part -> ((Value.RecordValue) part)
                                                    .fields()
                                                    .get(state))
                                            .toList())));
            return new Value.RecordValue(whole);
        }
        return call.tensors().apply(new Operation.Concat(0), call.span(), parts);
    }

    private static Value run(
            Call call, ProcessValue process, Callable score, Callable sampler, int count, Shape shape) {
        List<Long> sizes = new ArrayList<>(List.of((long) count));
        sizes.addAll(shape.sizes());
        Value start = start(call, process, new Shape(sizes));
        Value end = call.interpreter()
                .call(sampler, new Arguments(List.of(process, new CountedScore(score), start), Map.of(), call.span()));
        return Fit.ofSampler(sampler, end, start, call.tensors(), call.span());
    }

    private static Value start(Call call, ProcessValue process, Shape shape) {
        return prior(call, process).sample(shape, call.tensors(), call.span());
    }

    private static Distribution prior(Call call, ProcessValue process) {
        try {
            return (Distribution) process.field("prior");
        } catch (SdeError unknown) {
            String name = process.process().name();
            Diagnostic told =
                    call.diagnostic("E0541", "the prior of " + name + " is not known, and samples start from it");
            throw told.note(unknown.getMessage())
                    .help("give it in the body of the process: `prior = normal(std = 1)`")
                    .raise();
        }
    }

    private static Callable sampler(Call call) {
        return call.given("using").map(given -> call.callable("using")).orElseGet(() ->
                (Callable) call.interpreter().root().find("pc"));
    }

    private static Shape shape(Call call, Callable score) {
        if (call.given("shape").isPresent()) {
            return call.shape("shape");
        }
        Optional<Shape> known = score.sampleShape();
        return known.orElseThrow(() -> call.diagnostic("E0640", "the shape of a sample is not known")
                .help("a score that was not trained does not tell; give it: `sample(…, shape = [2])`")
                .raise());
    }
}
