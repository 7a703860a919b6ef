package org.sdescript.runtime.builtin;

import java.util.Map;
import java.util.stream.DoubleStream;
import org.sdescript.process.Process;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.CountedScore;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.DegenerateEnds;
import org.sdescript.runtime.process.ProcessValue;

/**
 * Sampling functions: {@code sample} passes draws of the prior to a sampler written in the language; others count
 * evaluations and report progress.
 */
public final class SamplingFunctions implements BuiltinLibrary {
    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("sample", Builtin.onHost(call -> new Sampling(call).samples())),
                Map.entry("conditioned", Builtin.onHost(SamplingFunctions::conditioned)),
                Map.entry("in_batches", Builtin.onHost(call -> new InBatches(call).value())),
                Map.entry("visit", Builtin.onHost(SamplingFunctions::visit)),
                Map.entry(
                        "nfe",
                        Builtin.onHost(
                                call -> Value.number(call.session().sampling().evaluations()))),
                Map.entry("counted", Builtin.onHost(SamplingFunctions::counted)),
                Map.entry("require_predictor", SamplingDirection::requirePredictor),
                Map.entry("expectations", SamplingFunctions::expectations),
                Map.entry("require_flow", SamplingFunctions::requireFlow));
    }

    private static Value conditioned(Call call) {
        return call.callable("score").conditioned(call.value("value"), call.interpreter(), call.place("value"));
    }

    private static Value expectations(Call call) {
        return DegenerateEnds.of(ProcessValue.argument(call, "process").process())
                .filter(DegenerateEnds::areOfOneState)
                .flatMap(ends -> call.callable("score").expected())
                .map(Value.class::cast)
                .orElse(Value.None.NONE);
    }

    private static Value requireFlow(Call call) {
        Process process = ProcessValue.argument(call, "process").process();
        Callable score = call.callable("score");
        if (call.interpreter().tracer() == null) {
            DegenerateEnds.of(process).ifPresent(ends -> DoubleStream.of(process.tMin(), process.tMax())
                    .forEach(t -> ends.requireVelocity(score, t, call)));
        }
        return Value.None.NONE;
    }

    private static Value counted(Call call) {
        call.session().sampling().resetEvaluations();
        Callable score = call.callable("score");
        return new CountedScore(score, score.scoreSources());
    }

    private static Value visit(Call call) {
        double done = call.number("done");
        double t = call.given("t").isPresent() ? call.number("t") : Double.NaN;
        call.session()
                .sampling()
                .recording()
                .ifPresent(recording -> recording.visit(call.value("x"), done, call.given("mean"), t));
        return Value.None.NONE;
    }
}
