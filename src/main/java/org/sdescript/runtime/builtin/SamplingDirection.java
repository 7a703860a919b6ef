package org.sdescript.runtime.builtin;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sdescript.process.Process;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.ProcessValue;

/** The direction of a sampling and the strength of its noise, and the samplers and predictors that follow both. */
final class SamplingDirection {
    private static final String ODE = "ode";
    private static final String PREDICTOR_CORRECTOR = "pc";

    /** The predictors of the library that step in either direction of time, with noise of any strength. */
    private static final Set<String> EITHER_WAY =
            Set.of("ode_euler", "ode_heun", "euler_maruyama", "reverse_diffusion");

    private SamplingDirection() {}

    /**
     * Returns the process of a call of {@code sample} with its motion. A path whose end is noise for the model is replaced
     * by the model's process, which has a transition.
     */
    static ProcessValue of(ProcessValue given, Callable score, Call call) {
        ProcessValue process = given.process().isPath() ? endingInNoise(score).orElse(given) : given;
        boolean forward = call.text("direction").equals("forward");
        if (forward && call.given("start").isEmpty()) {
            throw call.diagnostic(
                            "E0681", "a run forward in time starts from samples at t_min, and `start` is not given")
                    .help("give them: `sample(p, m, start = x0, direction = \"forward\")`")
                    .raise();
        }
        Value epsilon = call.given("epsilon").orElse(process.process().isPath() ? Value.number(0) : Value.None.NONE);
        return process.moving(new ProcessValue.Motion(forward, epsilon));
    }

    /** Returns the process of a score if it is a path that ends in noise. */
    private static Optional<ProcessValue> endingInNoise(Callable score) {
        return score.ownProcess()
                .filter(ProcessValue.class::isInstance)
                .map(ProcessValue.class::cast)
                .filter(own -> own.process().stated().path().isPresent()
                        && !own.process().isPath());
    }

    /** Returns the sampler where none is given: the ODE without noise, steps of Euler and Maruyama with `epsilon`. */
    static Callable sampler(ProcessValue process, Call call) {
        Callable steps = call.interpreter().library(PREDICTOR_CORRECTOR);
        ProcessValue.Motion motion = process.motion();
        if (isZero(motion.epsilon())) {
            return call.interpreter().library(ODE);
        }
        return motion.isUsual()
                ? steps
                : steps.configured(Map.of("predictor", call.interpreter().library("euler_maruyama")));
    }

    /** Throws if a sampler of the library does not follow the direction or the strength of the noise. */
    static void requireSampler(ProcessValue process, Callable sampler, Call call) {
        ProcessValue.Motion motion = process.motion();
        String name = sampler.signature().name();
        if (motion.isUsual() || !isOfLibrary(sampler, call) || name.equals(PREDICTOR_CORRECTOR)) {
            return;
        }
        if (!name.equals(ODE)) {
            throw refusal("the sampler " + name, process.process(), motion, call);
        }
        if (!(motion.epsilon() instanceof Value.None) && !isZero(motion.epsilon())) {
            throw call.diagnostic("E0681", "the sampler ode has no noise, and `epsilon` is given")
                    .help("leave one of them out; `pc(predictor = euler_maruyama)` takes steps with the noise √(2ε)")
                    .raise();
        }
    }

    /** Throws if a predictor of the library does not follow the motion of a process. */
    static Value requirePredictor(Call call) {
        ProcessValue process = ProcessValue.argument(call, "process");
        Callable predictor = call.callable("predictor");
        String name = predictor.signature().name();
        boolean follows = EITHER_WAY.contains(name) || !isOfLibrary(predictor, call);
        if (!follows && (process.process().isPath() || !process.motion().isUsual())) {
            throw refusal("the predictor " + name, process.process(), process.motion(), call);
        }
        return Value.None.NONE;
    }

    private static RuntimeException refusal(String what, Process process, ProcessValue.Motion motion, Call call) {
        String why = process.isPath()
                ? " needs a transition, and " + process.name() + " is a path between two laws"
                : motion.forward()
                        ? " steps backwards in time only"
                        : " has noise of its own, and does not take `epsilon`";
        return call.diagnostic("E0681", what + why)
                .help(
                        "`ode()`, and `pc` with `ode_euler`, `ode_heun` or `euler_maruyama`, run in both directions and on paths")
                .raise();
    }

    private static boolean isOfLibrary(Callable callable, Call call) {
        return call.interpreter().root().find(callable.signature().name()) instanceof Callable known
                && known.signature() == callable.signature();
    }

    private static boolean isZero(Value epsilon) {
        return epsilon instanceof Value.Num(double number) && number == 0;
    }
}
