package org.sdescript.backend;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.nio.file.Path;
import java.util.List;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.DType;

/**
 * One step of training: loss, gradients, clipping by the global norm, Adam, average of the parameters. A step whose loss
 * or gradient is not finite changes nothing.
 */
public final class TrainingStep implements AutoCloseable {
    private static final long[] FLAT = {-1};

    private final Backend backend;
    private final Parameters parameters;
    private final OptimizerSettings settings;
    private final AdamState state;

    public TrainingStep(Backend backend, Parameters parameters, OptimizerSettings settings) {
        this.backend = backend;
        this.parameters = parameters;
        this.settings = settings;
        this.state = new AdamState(backend, parameters, settings);
    }

    /**
     * Runs a kernel whose first output is the loss, with the parameters among its inputs, and moves the parameters.
     *
     * @return the loss before the step, NaN where loss or gradient was not finite
     */
    public double run(EagerKernel loss, List<? extends Operand> inputs, RandomStream random, double learningRate) {
        try (PtNDManager scope = backend.scope()) {
            double value = differentiate(loss, inputs, random, scope);
            PtNDArray gradient = gradient(scope);
            double norm = norm(gradient);
            boolean finite = Double.isFinite(value) && Double.isFinite(norm);
            if (finite) {
                state.update(value, gradient, learningRate, Math.min(1, settings.clip() / norm));
            }
            return finite ? value : Double.NaN;
        }
    }

    /** How many steps have changed the parameters. */
    public long steps() {
        return state.losses().size();
    }

    /** What each of these steps returned, those of a training gone on from included. */
    public List<Double> losses() {
        return List.copyOf(state.losses());
    }

    /** The average of the parameters, or the parameters themselves where none is kept. It lives as long as this. */
    public Parameters average() {
        return state.average();
    }

    /** Writes all that is needed to go on: parameters, average, the optimiser's moments and the losses. */
    public void save(Path file) {
        state.save(file);
    }

    /** Puts parameters and all else in the state that was saved, or fails and changes nothing. */
    public void load(Path file) {
        state.load(file);
    }

    @Override
    public void close() {
        state.close();
    }

    private double differentiate(
            EagerKernel kernel, List<? extends Operand> inputs, RandomStream random, PtNDManager scope) {
        try (GradientCollector collector = backend.newGradientCollector()) {
            PtNDArray loss = kernel.tensor(kernel.execute(scope, inputs, random), 0);
            if (loss == null) {
                throw independent();
            }
            double value = item(loss);
            collector.backward(loss);
            return value;
        } catch (EngineException e) {
            throw String.valueOf(e.getMessage()).contains("does not require grad")
                    ? independent()
                    : NativeFailure.of(e, "the engine cannot compute the gradient of the loss");
        }
    }

    private static SdeError independent() {
        return Diagnostic.error("E0905", null, "the loss does not depend on the network's parameters")
                .help("return a tensor computed from the network's output")
                .raise();
    }

    /** All gradients end to end; each is set to zero for the next step. */
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

    /** A parameter that the loss does not use has no gradient. */
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
        try (PtNDArray wide = Elementwise.cast(array, DType.FLOAT64)) {
            return wide.toDoubleArray()[0];
        }
    }
}
