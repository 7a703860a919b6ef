package org.sdescript.runtime.builtin;

import java.util.List;
import org.sdescript.check.Kind;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.process.Process;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.ScoreSource;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.ProcessValue;

/**
 * The process and the score of a call of {@code sample}. A score alone is sampled with its own process.
 *
 * @param process the process without the parameters that are conditions of the score
 */
record SampledScore(ProcessValue process, Callable score) {

    static SampledScore of(Call call) {
        SampledScore named = call.given("score").isEmpty() && isScore(call.value("process"))
                ? alone(call, call.callable("process"))
                : pair(call);
        return call.given("given")
                .map(given -> new SampledScore(
                        named.process, named.score.conditioned(given, call.interpreter(), call.place("given"))))
                .orElse(named);
    }

    private static boolean isScore(Value value) {
        return value instanceof Callable callable && callable.kind() != Kind.SDE;
    }

    private static SampledScore pair(Call call) {
        if (isScore(call.value("process"))) {
            throw call.mismatch("process", "a process if a score follows");
        }
        ProcessValue process = ProcessValue.argument(call, "process");
        if (call.given("score").isEmpty()) {
            throw Diagnostic.error("E0306", call.span(), "this call of sample lacks `score`")
                    .help("`sample(process, score)` samples with a score; a trained model knows its process:"
                            + " `sample(model)`")
                    .raise();
        }
        return new SampledScore(process, call.callable("score"));
    }

    private static SampledScore alone(Call call, Callable score) {
        return new SampledScore(own(call, "process"), score);
    }

    /** Returns the process that the score in a slot belongs to; throws if it is unknown, or several. */
    static ProcessValue own(Call call, String slot) {
        Callable score = call.callable(slot);
        if (score.ownProcess().isPresent()) {
            return (ProcessValue) score.ownProcess().get();
        }
        List<Process> known = score.scoreSources().stream()
                .map(ScoreSource::process)
                .distinct()
                .toList();
        if (known.size() != 1) {
            throw Diagnostic.error(
                            "E0822",
                            call.place(slot),
                            known.isEmpty()
                                    ? score.show() + " does not know its process"
                                    : score.show() + " is made of scores of several processes")
                    .help("name the process: `sample(process, score)`")
                    .raise();
        }
        return score.calledScores().stream()
                .flatMap(called -> called.ownProcess().stream())
                .map(ProcessValue.class::cast)
                .filter(its -> its.process().equals(known.getFirst()))
                .findFirst()
                .orElseGet(() -> ProcessValue.of(known.getFirst()));
    }
}
