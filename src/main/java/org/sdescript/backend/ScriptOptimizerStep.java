package org.sdescript.backend;

import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ScriptCalls;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sdescript.graph.Footprint;
import org.sdescript.graph.Graph;
import org.sdescript.graph.HostProgram;
import org.sdescript.graph.Type;
import org.sdescript.torchscript.ScriptMethod;
import org.sdescript.torchscript.ScriptWriter;

/**
 * A training step as one TorchScript method, written by {@link ScriptWriter}: loss, gradient, clipping, Adam and the
 * average in one call; or as two, the same lines cut where the gradient is summed over several machines.
 */
final class ScriptOptimizerStep implements OptimizerStep {
    private final Backend backend;
    private final OptimizerSettings settings;
    private final AdamState state;
    private final Parameters parameters;
    private final @Nullable SharedGradient shared;
    private final ScriptMethod script;
    private final LoadedModules.Module module;
    private final ScriptArguments arguments;
    private final Footprint footprint;
    private final List<Type> inputTypes;

    /** @param shared null for a training on one machine */
    ScriptOptimizerStep(
            Backend backend,
            OptimizerSettings settings,
            AdamState state,
            Graph traced,
            ParameterInputs inputs,
            @Nullable SharedGradient shared) {
        boolean clips = Double.isFinite(settings.clip());
        int averages = settings.averages().size();
        KernelCompiler.Compiled compiled = shared == null
                ? backend.compiler().step(traced, inputs, clips, averages)
                : backend.compiler().stepInParts(traced, inputs, clips, averages);
        this.shared = shared;
        this.backend = backend;
        this.settings = settings;
        this.state = state;
        this.parameters = Objects.requireNonNull(inputs.owner());
        this.script = compiled.script();
        this.module = compiled.module();
        this.arguments = new ScriptArguments(
                backend,
                script,
                new HostProgram(
                        script.numbers().stream().map(ScriptMethod.Number::node).toList()));
        this.footprint = Footprint.total(compiled.graph());
        this.inputTypes = compiled.graph().inputs();
    }

    @Override
    public StepOutcome step(List<? extends Operand> inputs, RandomStream random, double learningRate) {
        EagerKernel.requireTypes(inputs, inputTypes);
        backend.expect(footprint);
        try {
            StepOutcome outcome = shared == null
                    ? whole(inputs, random, learningRate)
                    : inParts(shared, inputs, random, learningRate);
            return Double.isFinite(outcome.loss() + outcome.gradientNorm()) ? outcome : StepOutcome.NOT_FINITE;
        } finally {
            JniUtils.setGradMode(false);
        }
    }

    private StepOutcome whole(List<? extends Operand> inputs, RandomStream random, double rate) {
        try (ScriptCall call = new ScriptCall(script)) {
            addState(call);
            arguments.add(call, inputs, random, arguments.numbers(inputs));
            double[] lossAndNorm = call.withOwned(settled(rate)).step(module, ScriptWriter.STEP);
            return new StepOutcome(lossAndNorm[0], lossAndNorm[1]);
        }
    }

    private StepOutcome inParts(
            SharedGradient gradient, List<? extends Operand> inputs, RandomStream random, double rate) {
        double loss;
        try (ScriptCall call = new ScriptCall(script)) {
            call.with(parameters.argument()).with(gradient.both());
            arguments.add(call, inputs, random, arguments.numbers(inputs));
            loss = gradient.sum(call.step(module, ScriptWriter.GRADIENT)[0]);
        }
        try (ScriptCall call = new ScriptCall(script)) {
            addState(call);
            call.with(gradient.parts()).with(gradient.both()).withOwned(settled(rate, loss));
            return new StepOutcome(loss, call.step(module, ScriptWriter.UPDATE)[0]);
        }
    }

    private void addState(ScriptCall call) {
        call.with(parameters.argument())
                .with(state.firstMomentHandles())
                .with(state.secondMomentHandles())
                .with(state.whole())
                .with(state.averagesArgument());
    }

    /** Returns the settings as the list that a script takes; further numbers come last. */
    private long settled(double rate, double... more) {
        double[] settled = {
            rate,
            state.losses().size() + 1,
            settings.clip(),
            settings.beta1(),
            settings.beta2(),
            settings.weightDecay(),
            settings.epsilon()
        };
        return ScriptCalls.numbers(Stream.of(settled, state.decays(), more)
                .flatMapToDouble(Arrays::stream)
                .toArray());
    }
}
