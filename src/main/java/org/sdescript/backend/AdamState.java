package org.sdescript.backend;

import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.diagnostic.Diagnostic;

/** The moments Adam keeps of each parameter, and the average of the parameters. */
final class AdamState implements AutoCloseable {
    private static final float NO_CLIP = -1;
    private static final String MEAN = "mean.";
    private static final String VARIANCE = "variance.";
    private static final String AVERAGE = "average.";

    private final Backend backend;
    private final Parameters parameters;
    private final OptimizerSettings settings;
    private final List<Tensor> means = new ArrayList<>();
    private final List<Tensor> variances = new ArrayList<>();
    private final Parameters average;
    private long steps;

    AdamState(Backend backend, Parameters parameters, OptimizerSettings settings) {
        this.backend = backend;
        this.parameters = parameters;
        this.settings = settings;
        for (Tensor parameter : parameters.tensors()) {
            means.add(zerosLike(parameter));
            variances.add(zerosLike(parameter));
        }
        average = settings.emaDecay() > 0 ? parameters.copy() : parameters;
    }

    long steps() {
        return steps;
    }

    Parameters average() {
        return average;
    }

    /**
     * Algorithm 2 of Loshchilov and Hutter. The engine adds its ε before the correction of the second moment, the paper
     * after it; scaled by √(1 − β₂ᵗ) the two are the same.
     */
    void update(List<TrainingStep.Gradient> gradients, double learningRate, double scale) {
        steps++;
        double correction1 = 1 - Math.pow(settings.beta1(), steps);
        double correction2 = Math.sqrt(1 - Math.pow(settings.beta2(), steps));
        float corrected = (float) (learningRate * correction2 / correction1);
        for (TrainingStep.Gradient gradient : gradients) {
            JniUtils.adamUpdate(
                    gradient.parameter().array(),
                    gradient.array(),
                    means.get(gradient.index()).array(),
                    variances.get(gradient.index()).array(),
                    (float) learningRate,
                    corrected,
                    (float) settings.weightDecay(),
                    (float) scale,
                    NO_CLIP,
                    (float) settings.beta1(),
                    (float) settings.beta2(),
                    (float) (settings.epsilon() * correction2),
                    settings.weightDecay() > 0);
        }
        if (average != parameters) {
            follow();
        }
    }

    /**
     * average ← average − (1 − d)(average − parameter), which is what gradient descent with weight decay 1 does with the
     * gradient −parameter. Young averages forget faster, as in the code of Song et al. 2021 (models/ema.py).
     */
    private void follow() {
        double decay = Math.min(settings.emaDecay(), (1.0 + steps) / (10.0 + steps));
        List<Tensor> averages = average.tensors();
        int i = 0;
        for (Tensor parameter : parameters.tensors()) {
            PtNDArray target = averages.get(i++).array();
            JniUtils.sgdUpdate(target, parameter.array(), null, (float) (1 - decay), 1, -1, NO_CLIP, 0);
        }
    }

    void save(Path file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int i = 0;
        for (String name : parameters.names()) {
            tensors.put(MEAN + name, means.get(i));
            tensors.put(VARIANCE + name, variances.get(i));
            if (average != parameters) {
                tensors.put(AVERAGE + name, average.get(name));
            }
            i++;
        }
        new Safetensors(tensors, Map.of("steps", Long.toString(steps))).write(file);
    }

    void load(Path file) {
        Safetensors saved = Safetensors.read(backend, file);
        try {
            int i = 0;
            for (String name : parameters.names()) {
                assign(means.get(i), saved, MEAN + name, file);
                assign(variances.get(i), saved, VARIANCE + name, file);
                if (average != parameters) {
                    assign(average.get(name), saved, AVERAGE + name, file);
                }
                i++;
            }
            steps = Long.parseLong(saved.metadata().getOrDefault("steps", "0"));
        } finally {
            saved.tensors().values().forEach(Tensor::close);
        }
    }

    /** Copies values in place, exactly: what is there is finite, so subtracting it from itself leaves 0. */
    private static void assign(Tensor target, Safetensors saved, String name, Path file) {
        Tensor source = saved.tensors().get(name);
        if (source == null || !source.type().equals(target.type())) {
            throw Diagnostic.error("E0908", null, file + " belongs to another network: `" + name + "` is not in it")
                    .note("expected " + target.type() + (source == null ? "" : ", found " + source.type()))
                    .raise();
        }
        JniUtils.subi(target.array(), target.array());
        JniUtils.addi(target.array(), source.array());
    }

    private Tensor zerosLike(Tensor parameter) {
        PtNDArray zeros = JniUtils.zerosLike(
                parameter.array(),
                Bridge.dataType(parameter.dtype()),
                parameter.array().getDevice(),
                SparseFormat.DENSE);
        return backend.adopt(zeros, parameter.type());
    }

    @Override
    public void close() {
        means.forEach(Tensor::close);
        variances.forEach(Tensor::close);
        if (average != parameters) {
            average.close();
        }
    }
}
