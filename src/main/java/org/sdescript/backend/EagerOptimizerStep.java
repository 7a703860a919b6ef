package org.sdescript.backend;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sdescript.graph.DType;

/** A training step in single calls of the engine, differentiated by the engine's tape. */
final class EagerOptimizerStep implements OptimizerStep {
    private static final long[] FLAT = {-1};

    /** The engine records one tape at a time in a process, and several replicas may run in one. */
    private static final Object TAPE = new Object();

    private final Backend backend;
    private final Parameters parameters;
    private final OptimizerSettings settings;
    private final AdamState state;
    private final EagerKernel loss;
    private final @Nullable SharedGradient shared;

    /** @param shared null for a training on one machine */
    EagerOptimizerStep(
            Backend backend,
            Parameters parameters,
            OptimizerSettings settings,
            AdamState state,
            EagerKernel loss,
            @Nullable SharedGradient shared) {
        this.backend = backend;
        this.parameters = parameters;
        this.settings = settings;
        this.state = state;
        this.loss = loss;
        this.shared = shared;
    }

    @Override
    public StepOutcome step(List<? extends Operand> inputs, RandomStream random, double learningRate) {
        try (PtNDManager scope = backend.scope()) {
            double value;
            PtNDArray gradient;
            synchronized (TAPE) {
                value = differentiate(inputs, random, scope);
                gradient = gradient(scope);
            }
            if (shared != null) {
                SharedGradient.Sum sum = shared.sum(value, gradient, scope);
                value = sum.loss();
                gradient = sum.gradient();
            }
            double norm = norm(gradient);
            boolean finite = Double.isFinite(value) && Double.isFinite(norm);
            if (finite) {
                state.update(gradient, learningRate, Math.min(1, settings.clip() / norm));
            }
            return finite ? new StepOutcome(value, norm) : StepOutcome.NOT_FINITE;
        }
    }

    private double differentiate(List<? extends Operand> inputs, RandomStream random, PtNDManager scope) {
        try (GradientCollector collector = backend.newGradientCollector()) {
            PtNDArray result = loss.tensor(loss.execute(scope, inputs, random), 0);
            if (result == null) {
                throw OptimizerStep.independent();
            }
            double value = item(result);
            collector.backward(result);
            return value;
        } catch (EngineException e) {
            throw OptimizerStep.failed(e);
        }
    }

    /** Returns all gradients end to end, and sets each to zero for the next step. */
    private PtNDArray gradient(PtNDManager scope) {
        List<Tensor> tensors = parameters.tensors();
        PtNDArray[] flat = new PtNDArray[tensors.size()];
        for (int i = 0; i < flat.length; i++) {
            PtNDArray parameter = tensors.get(i).array();
            try (PtNDArray gradient = gradientOrZeros(parameter)) {
                flat[i] = JniUtils.reshape(gradient, FLAT);
                flat[i].attach(scope);
            }
        }
        PtNDArray all = JniUtils.cat(flat, 0);
        tensors.forEach(tensor -> JniUtils.zeroGrad(tensor.array()));
        return all;
    }

    /** Returns zeros for a parameter that the loss does not use: the engine has no gradient for it. */
    private static PtNDArray gradientOrZeros(PtNDArray parameter) {
        PtNDArray gradient = JniUtils.getGradient(parameter);
        return gradient != null
                ? gradient
                : JniUtils.zerosLike(parameter, parameter.getDataType(), parameter.getDevice(), SparseFormat.DENSE);
    }

    private static double norm(PtNDArray gradient) {
        try (PtNDArray square = JniUtils.dot(gradient, gradient)) {
            return Math.sqrt(item(square));
        }
    }

    private static double item(PtNDArray array) {
        try (PtNDArray wide = EngineElementwise.cast(array, DType.FLOAT64)) {
            return HostRead.item(wide);
        }
    }
}
