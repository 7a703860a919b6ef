package org.sdescript.backend;

import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ScriptCalls;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.sdescript.graph.Footprint;
import org.sdescript.graph.Graph;
import org.sdescript.graph.HostProgram;
import org.sdescript.graph.Type;
import org.sdescript.torchscript.ScriptMethod;

/**
 * A training step as one TorchScript method, written by {@link org.sdescript.torchscript.ScriptWriter}: loss, gradient,
 * clipping, Adam and the average in one call.
 */
final class ScriptOptimizerStep implements OptimizerStep {
    private final Backend backend;
    private final OptimizerSettings settings;
    private final AdamState state;
    private final Parameters parameters;
    private final ScriptMethod script;
    private final LoadedModules.Module module;
    private final ScriptArguments arguments;
    private final Footprint footprint;
    private final List<Type> inputTypes;

    ScriptOptimizerStep(
            Backend backend, OptimizerSettings settings, AdamState state, Graph traced, ParameterInputs inputs) {
        KernelCompiler.Compiled compiled = backend.compiler()
                .step(
                        traced,
                        inputs,
                        Double.isFinite(settings.clip()),
                        settings.averages().size());
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
        try (ScriptCall call = new ScriptCall(script)) {
            double[] lossAndNorm = call(call, inputs, random, learningRate);
            return Double.isFinite(lossAndNorm[0] + lossAndNorm[1])
                    ? new StepOutcome(lossAndNorm[0], lossAndNorm[1])
                    : StepOutcome.NOT_FINITE;
        } finally {
            JniUtils.setGradMode(false);
        }
    }

    private double[] call(ScriptCall call, List<? extends Operand> inputs, RandomStream random, double rate) {
        call.with(parameters.argument())
                .with(state.firstMomentHandles())
                .with(state.secondMomentHandles())
                .with(state.whole())
                .with(state.averagesArgument());
        arguments.add(call, inputs, random, arguments.numbers(inputs));
        double[] settled = {
            rate,
            state.losses().size() + 1,
            settings.clip(),
            settings.beta1(),
            settings.beta2(),
            settings.weightDecay(),
            settings.epsilon()
        };
        call.withOwned(ScriptCalls.numbers(DoubleStream.concat(Arrays.stream(settled), Arrays.stream(state.decays()))
                .toArray()));
        return call.step(module);
    }
}
