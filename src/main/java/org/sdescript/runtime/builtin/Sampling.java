package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.sdescript.backend.DrawPurpose;
import org.sdescript.backend.OutOfMemory;
import org.sdescript.backend.RandomStream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.CountedScore;
import org.sdescript.runtime.DataMoments;
import org.sdescript.runtime.DerivativeCut;
import org.sdescript.runtime.GivenNoise;
import org.sdescript.runtime.SamplePart;
import org.sdescript.runtime.SampleShare;
import org.sdescript.runtime.SampleSlices;
import org.sdescript.runtime.ScoreSource;
import org.sdescript.runtime.ShapeChecks;
import org.sdescript.runtime.TrajectoryRecording;
import org.sdescript.runtime.UnitJob;
import org.sdescript.runtime.UnitResult;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.WorkUnit;
import org.sdescript.runtime.process.ConditionedProcess;
import org.sdescript.runtime.process.Distribution;
import org.sdescript.runtime.process.NanWatch;
import org.sdescript.runtime.process.ProcessValue;

/** One call of {@code sample}: a sampler moves draws of the prior, or a given start, in batches. */
final class Sampling {
    private final Call call;
    private final ProcessValue process;
    private final Callable score;
    private final Callable sampler;
    private final Optional<Value> start;
    private final Shape shape;
    private final int n;
    private final int batch;
    private final Optional<SampleShare> share;
    private final RandomStream stream;

    Sampling(Call call) {
        this.call = call;
        SampledScore sampled = SampledScore.of(call);
        score = sampled.score();
        ConditionedProcess conditioned = ConditionedProcess.of(
                SamplingDirection.of(sampled.process(), score, call), score, call.interpreter(), call.span());
        process = conditioned.process();
        if (!call.isTrue("unlike")) {
            conditioned.requireSame(call.place("score"));
        }
        sampler = call.given("using")
                .map(given -> call.callable("using"))
                .orElseGet(() -> SamplingDirection.sampler(process, call));
        SamplingDirection.requireSampler(process, sampler, call);
        start = call.given("start")
                .map(given -> ShapeChecks.ofStart(given, process.process(), call.tensors(), call.place("start")));
        Optional<Shape> given = start.map(x -> SampleSlices.shape(x, call.tensors()));
        shape = given.map(whole -> new Shape(whole.sizes().subList(1, whole.rank())))
                .orElseGet(this::shape);
        n = given.map(whole -> (int) whole.size(0)).orElseGet(() -> call.integer("n"));
        refuseContradiction();
        refuseMeansAlone();
        batch = call.given("batch").map(b -> call.integer("batch")).orElse(n);
        share = call.session().sampling().takeShare();
        stream = share.map(SampleShare::stream).orElseGet(() -> stream(call));
    }

    /**
     * Returns the run's stream for the first sampling without {@code seed}, and a split of the stream for each later
     * one.
     */
    private static RandomStream stream(Call call) {
        RandomStream first = new RandomStream(call.seed("seed")).split(DrawPurpose.SAMPLING);
        long earlier =
                call.given("seed").isPresent() ? 0 : call.session().sampling().countSampling();
        return earlier == 0 ? first : first.split(earlier);
    }

    private Shape shape() {
        if (call.given("shape").isPresent()) {
            return call.shape("shape");
        }
        return score.sampleShape().or(process::sampleShape).orElseThrow(() -> call.diagnostic(
                        "E0640", "the shape of a sample is not known")
                .help("only a trained model knows the shape; give it: `sample(…, shape = [2])`")
                .raise());
    }

    /** Throws if `n` or `shape` contradicts `start`. */
    private void refuseContradiction() {
        boolean other = call.argument("n").isPresent() && call.integer("n") != n
                || call.given("shape").isPresent() && !call.shape("shape").equals(shape);
        if (start.isPresent() && other) {
            throw Diagnostic.error(
                            "E0950",
                            call.place("start"),
                            "`start` holds " + n + " samples of shape " + shape + ", but `n` or `shape` differs")
                    .help("leave `n` and `shape` out: `start` gives both")
                    .raise();
        }
    }

    private void refuseMeansAlone() {
        if (call.isTrue("means") && call.given("record").isEmpty()) {
            throw Diagnostic.error(
                            "E0953",
                            call.place("means"),
                            "`means = true` asks for the means of recorded states, but `record` is not given")
                    .help("`record = 20, means = true` records 20 states with their means and times")
                    .raise();
        }
    }

    Value samples() {
        if (share.isPresent()) {
            return part(share.get().unit()).value();
        }
        Map<String, Object> about = new LinkedHashMap<>(Map.of("samples", n, "using", sampler.show()));
        tellOfPrior();
        return call.session().log().timed("sample", about, () -> {
            Value samples = inBatches();
            about.put("evaluations", call.session().sampling().evaluations());
            return samples;
        });
    }

    /** Notes a prior that differs from the law at t_max, since the samples would be biased without any other sign. */
    private void tellOfPrior() {
        if (start.isEmpty()) {
            data().flatMap(data -> PriorGap.of(process.process(), data))
                    .filter(PriorGap::matters)
                    .ifPresent(gap -> call.session().log().noteOnce(gap.words(process.process())));
        }
    }

    /** Returns the data moments if the sources of the score agree on them. */
    private Optional<DataMoments> data() {
        List<Optional<DataMoments>> known =
                score.scoreSources().stream().map(ScoreSource::data).distinct().toList();
        return known.size() == 1 ? known.getFirst() : Optional.empty();
    }

    /** Runs the batches. The evaluation count is that of one sample: the maximum over batches, not the sum. */
    private Value inBatches() {
        UnitJob job = new UnitJob(
                "sample",
                call.span(),
                this::part,
                call.interpreter().library("sample"),
                true,
                new Arguments(List.of(), given(), call.span()),
                Optional.empty(),
                stream,
                (long) n
                        * shape.elements()
                        * process.process().states().size()
                        * call.tensors().precision().bytes());
        if (call.given("to").isPresent()) {
            return inParts(job);
        }
        List<UnitResult> parts = call.interpreter().units().run(job, WorkUnit.of(n, batch));
        call.session().sampling().resetEvaluations();
        call.session()
                .sampling()
                .countEvaluations(
                        parts.stream().mapToLong(UnitResult::evaluations).max().orElse(0));
        if (call.given("record").isPresent()) {
            return new RecordedSampling(parts.stream().map(UnitResult::value).toList(), n, batch, call)
                    .value(this::report);
        }
        Value samples =
                SampleSlices.joined(parts.stream().map(UnitResult::value).toList(), 0, call.tensors(), call.span());
        report(NanWatch.violated(samples, call.tensors(), call.span()));
        return samples;
    }

    /** Writes the samples of each batch to a file of its own, and returns the data set of all. */
    private Value inParts(UnitJob job) {
        if (call.given("record").isPresent()) {
            throw Diagnostic.error("E0953", call.place("record"), "recorded states are not written in parts")
                    .help("leave `record` or `to` out")
                    .raise();
        }
        UnitResult all =
                call.interpreter().units().runInto(call.text("to"), job, WorkUnit.of(n, batch), call.place("to"));
        call.session().sampling().resetEvaluations();
        call.session().sampling().countEvaluations(all.evaluations());
        return all.value();
    }

    /** Returns the arguments of the call for its parts. */
    private Map<String, Value> given() {
        Map<String, Value> given = new LinkedHashMap<>(call.arguments());
        given.keySet().removeAll(List.of("batch", "seed", "to"));
        return given;
    }

    /** Computes the samples of a unit, and with {@code record} the way to them. */
    private UnitResult part(WorkUnit unit) {
        call.session().sampling().resetEvaluations();
        Optional<TrajectoryRecording> recording = call.given("record")
                .map(k -> new TrajectoryRecording(call.integer("record"), call.isTrue("means"), call.tensors()));
        try {
            Value samples = recording
                    .map(way -> RecordedSampling.part(way, recorded(way, unit.from(), unit.count()), call))
                    .orElseGet(() -> run(unit.from(), unit.count(), x -> {}));
            return new UnitResult(samples, call.session().sampling().evaluations());
        } catch (SdeError error) {
            throw OutOfMemory.suggesting(error, unit.count(), Sampling::smaller);
        }
    }

    private static String smaller(int fitting) {
        return fitting == 0
                ? "not even one sample fits: make the samples or the network smaller"
                : "`sample(…, batch = " + fitting
                        + ")` computes as many samples at a time, which should fit, and gives the same samples";
    }

    private Value recorded(TrajectoryRecording recording, int from, int count) {
        Value end = call.session().sampling().recording(recording, () -> run(from, count, recording::start));
        if (!recording.hasSteps()) {
            throw Diagnostic.error(
                            "E0953",
                            call.place("record"),
                            "the sampler " + sampler.show() + " reports no states, so there is nothing to record")
                    .help("call `visit(x, done)` after each step; `done` is the share of the steps that are done")
                    .raise();
        }
        recording.end(end);
        return end;
    }

    /** Runs the sampler for a range of the samples. */
    private Value run(int from, int count, java.util.function.Consumer<Value> started) {
        RandomStream own = stream.forSamples(from, count);
        SamplePart part = new SamplePart(from, count, n, shape.rank() + 1);
        ProcessValue its = process.forSamples(part, call.interpreter(), call.span());
        return drawing(own, () -> {
            Value x = start.map(all -> SampleSlices.some(all, from, count, call.tensors(), call.span()))
                    .orElseGet(() -> prior(its, count));
            started.accept(x);
            call.given("noise")
                    .ifPresent(noise -> DerivativeCut.requireConstant(
                            noise, "`noise` of sample", call.interpreter(), call.place("noise")));
            Optional<GivenNoise> replay = call.given("noise")
                    .map(noise -> ShapeChecks.ofNoise(
                            noise, x, process.drawnNoises(), n, call.tensors(), call.place("noise")));
            Callable told = score.forSamples(part, call.interpreter(), call.span());
            Supplier<Value> running = () -> sampled(its, told, x);
            Value end =
                    replay.map(noise -> drawing(own.replaying(noise), running)).orElseGet(running);
            replay.ifPresent(GivenNoise::finish);
            return end;
        });
    }

    private Value drawing(RandomStream from, Supplier<Value> work) {
        return call.session().sampling().drawing(from, work);
    }

    private Value sampled(ProcessValue process, Callable score, Value x) {
        Value end = call.interpreter()
                .call(
                        sampler,
                        new Arguments(List.of(process, new CountedScore(score, List.of()), x), Map.of(), call.span()));
        return ShapeChecks.ofSampler(sampler, end, x, call.tensors(), call.span());
    }

    private Value prior(ProcessValue process, int count) {
        List<Long> sizes = new ArrayList<>(List.of((long) count));
        sizes.addAll(shape.sizes());
        return prior(process).sample(new Shape(sizes), call.tensors(), call.span());
    }

    private Distribution prior(ProcessValue process) {
        try {
            return (Distribution) Objects.requireNonNull(process.field("prior"));
        } catch (SdeError unknown) {
            if (process.process().isPath()) {
                throw unknown.diagnostics().getFirst().at(call.span()).raise();
            }
            String name = process.process().name();
            Diagnostic told =
                    call.diagnostic("E0541", "the prior of " + name + " is unknown, but sampling starts from it");
            throw told.note(unknown.getMessage())
                    .help("give it in the body of the process: `prior = normal(std = 1)`")
                    .raise();
        }
    }

    /**
     * Reports non-finite samples: draws the first of them again to find the step where the values stop being finite.
     */
    private void report(List<Integer> lost) {
        if (lost.isEmpty()) {
            return;
        }
        int first = lost.getFirst();
        Diagnostic told = call.diagnostic("E0540", lost.size() + " of " + n + " samples are nan or infinite")
                .help("likely causes: a step that is too large, a score far outside of what it was trained on");
        try {
            call.session().sampling().watching(new NanWatch(call.interpreter()), () -> run(first, 1, x -> {}));
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
}
