package org.sdescript.runtime.builtin;

import java.util.List;
import java.util.stream.DoubleStream;
import org.sdescript.check.NumberRange;
import org.sdescript.check.ParameterType;
import org.sdescript.process.Process;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Chapter;
import org.sdescript.runtime.CountedScore;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.DegenerateEnds;
import org.sdescript.runtime.process.ProcessValue;

/**
 * Sampling functions: {@code sample} passes draws of the prior to a sampler written in the language; others count
 * evaluations and report progress.
 */
public final class SamplingFunctions implements BuiltinLibrary {
    private static final String VISITING = """
            sampler coarse(process, score, x) {
              for i in 0..4 {
                x, mean = ode_euler(process, score, x, 1 - i/5, -1/5 + 1e-5)
                visit(x, (i + 1)/5)
              }
              return x
            }
            x = sample(VP(), normal(std = 0.5).score(VP()), start = ones([4, 2]), using = coarse, record = 3)
            print(x.shape, x[:, 0, 0])  # [3, 4, 2] tensor([1, 0.9739462, 0.5051551])""";

    @Override
    public Chapter theme() {
        return Chapter.SAMPLING;
    }

    @Override
    public List<Builtin> builtins() {
        return List.of(
                Builtin.named("sample", "process", "score")
                        .onHost()
                        .option("n", 16)
                        .option("shape", Value.None.NONE)
                        .option("using", Value.None.NONE)
                        .option("seed", Value.None.NONE)
                        .option("batch", Value.None.NONE)
                        .option("start", Value.None.NONE)
                        .option("noise", Value.None.NONE)
                        .option("record", Value.None.NONE)
                        .option("unlike", Value.Bool.FALSE)
                        .wants("process", ParameterType.PROCESS_ITSELF)
                        .wants("score", ParameterType.SCORE)
                        .wants("n", ParameterType.number(NumberRange.COUNT))
                        .wants("using", ParameterType.A_SAMPLER)
                        .wants("seed", ParameterType.number(NumberRange.WHOLE))
                        .wants("batch", ParameterType.number(NumberRange.COUNT))
                        .wants("record", ParameterType.number(NumberRange.wholeFrom(2)))
                        .wants("unlike", ParameterType.A_BOOLEAN)
                        .doc(
                                "Draws n samples by running a sampler from the prior at t_max to t_min. `shape` is the shape"
                                        + " of one sample; a trained model knows it. The default of `using` is pc(). `batch` is the"
                                        + " number of samples computed at a time, without effect on the result. Without `seed`, the"
                                        + " run's seed is used, and each further sampling of the run draws other samples. With `record"
                                        + " = k`, returns k states of the way, [k, n, …], from the draws of the prior to the samples."
                                        + " `start` [n, …] replaces the draws of the prior, and `noise` [draws, n, …] replaces the"
                                        + " draws of the sampler, in order, so that a run made elsewhere can be repeated; for a system,"
                                        + " both are records. A model or an exact score belongs to its own process; another process is"
                                        + " an error, unless `unlike = true`.")
                        .example(
                                "score = normal(std = 0.5).score(VP())\nx = sample(VP(), score, n = 500, shape = [2], using = pc(steps = 50))\n"
                                        + "print(x.shape, abs(std(x) - 0.5) < 0.08)  # [500, 2] true")
                        .is(call -> new Sampling(call).samples()),
                Builtin.named("visit", "x", "done")
                        .onHost()
                        .wants("done", ParameterType.number(NumberRange.REAL))
                        .doc(
                                "Reports the state x of a sampler after a step. `done` is the share of its work that is done,"
                                        + " from 0 to 1. `sample(…, record = k)` records k of these states.")
                        .example(VISITING)
                        .is(SamplingFunctions::visit),
                Builtin.named("nfe")
                        .onHost()
                        .doc(
                                "The number of score evaluations of the last `sample`, of the last `log_likelihood`, or since"
                                        + " the last `counted`. A derivative of the score, such as its divergence, counts as one"
                                        + " evaluation more.")
                        .example(
                                "x = sample(VP(), normal().score(VP()), n = 4, shape = [2], using = pc(steps = 5))\nprint(nfe())  # 5")
                        .is(call -> Value.number(call.session().sampling().evaluations())),
                Builtin.named("counted", "score")
                        .onHost()
                        .wants("score", ParameterType.SCORE)
                        .doc("The score, whose evaluations `nfe()` counts, starting at 0. `sample` and `log_likelihood`"
                                + " count by themselves.")
                        .example(
                                "score = counted(normal().score(VP()))\nat = [score(ones([1, 2]), t) for t in [0.1, 0.2, 0.3]]\nprint(nfe())  # 3")
                        .is(SamplingFunctions::counted),
                Builtin.named("expectations", "process", "score")
                        .wants("process", ParameterType.PROCESS_ITSELF)
                        .wants("score", ParameterType.SCORE)
                        .doc("A function of (x, t) that returns the record {clean, noise} with E[x(0) | x(t)] and E[ε |"
                                + " x(t)], for a process that has no signal or no noise at an end of its domain. A trained"
                                + " model or an exact score knows these expectations there too. For all other processes and"
                                + " scores the result is none.")
                        .example(
                                "sde Straight { t in [0, 1]; x(t) = (1 - t)*x(0) + t*noise }\nknown = expectations(Straight(), normal(mean = 2).score(Straight()))\nprint(known(ones([1, 1]), 1))  # {clean: tensor([[2]]), noise: tensor([[1]])}")
                        .is(SamplingFunctions::expectations),
                Builtin.named("require_flow", "process", "score", "x")
                        .wants("process", ParameterType.PROCESS_ITSELF)
                        .wants("score", ParameterType.SCORE)
                        .doc(
                                "Throws if the flow of a process with a score has no velocity at t_min or t_max, because the"
                                        + " process has no signal or no noise there.")
                        .example("require_flow(VP(), normal().score(VP()), zeros([1, 2]))")
                        .is(SamplingFunctions::requireFlow));
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
        call.session().sampling().recording().ifPresent(recording -> recording.visit(call.value("x"), done));
        return Value.None.NONE;
    }
}
