package org.sdescript.backend;

import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.sdescript.diagnostic.Diagnostic;

/**
 * The moments Adam keeps of each parameter, and the average of the parameters: vectors as long as all parameters laid
 * end to end, updated piece by piece. Pieces stay in the cache between the dozen operations of an update, and their
 * temporary results are small enough for the allocator to keep.
 */
final class AdamState implements AutoCloseable {
    private static final long PIECE = 1 << 16;
    private static final float NO_CLIP = -1;

    private final Backend backend;
    private final OptimizerSettings settings;
    private final Parameters parameters;
    private final Parameters average;
    private final Tensor values;
    private final Tensor mean;
    private final Tensor variance;
    private final Tensor averages;
    private final String layout;
    private long steps;

    AdamState(Backend backend, Parameters parameters, OptimizerSettings settings) {
        this.backend = backend;
        this.settings = settings;
        this.parameters = parameters;
        this.average = settings.emaDecay() > 0 ? parameters.copy() : parameters;
        this.values = parameters.flatten();
        this.averages = average == parameters ? values : average.flatten();
        this.mean = zerosLike(values);
        this.variance = zerosLike(values);
        this.layout = parameters.names().stream()
                .map(name -> name + parameters.get(name).shape())
                .collect(Collectors.joining(" "));
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
     *
     * @param gradient as long as all parameters
     * @param scale what the gradient is multiplied by first
     */
    void update(PtNDArray gradient, double learningRate, double scale) {
        steps++;
        double correction1 = 1 - Math.pow(settings.beta1(), steps);
        double correction2 = Math.sqrt(1 - Math.pow(settings.beta2(), steps));
        long count = parameters.count();
        for (long at = 0; at < count; at += PIECE) {
            try (PtNDArray w = piece(values.array(), at);
                    PtNDArray g = piece(gradient, at);
                    PtNDArray m = piece(mean.array(), at);
                    PtNDArray v = piece(variance.array(), at)) {
                JniUtils.adamUpdate(
                        w,
                        g,
                        m,
                        v,
                        (float) learningRate,
                        (float) (learningRate * correction2 / correction1),
                        (float) settings.weightDecay(),
                        (float) scale,
                        NO_CLIP,
                        (float) settings.beta1(),
                        (float) settings.beta2(),
                        (float) (settings.epsilon() * correction2),
                        settings.weightDecay() > 0);
                if (average != parameters) {
                    follow(at, w);
                }
            }
        }
    }

    /**
     * average ← average − (1 − d)(average − w), which is what gradient descent with weight decay 1 does with the
     * gradient −w. Young averages forget faster, as in the code of Song et al. 2021 (models/ema.py).
     */
    private void follow(long at, PtNDArray w) {
        double decay = Math.min(settings.emaDecay(), (1.0 + steps) / (10.0 + steps));
        try (PtNDArray target = piece(averages.array(), at)) {
            JniUtils.sgdUpdate(target, w, null, (float) (1 - decay), 1, -1, NO_CLIP, 0);
        }
    }

    private static PtNDArray piece(PtNDArray vector, long at) {
        return JniUtils.slice(
                vector, 0, at, Math.min(at + PIECE, vector.getShape().get(0)), 1);
    }

    void save(Path file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("mean", mean);
        tensors.put("variance", variance);
        if (average != parameters) {
            tensors.put("average", averages);
        }
        new Safetensors(tensors, Map.of("steps", Long.toString(steps), "layout", layout)).write(file);
    }

    void load(Path file) {
        Safetensors saved = Safetensors.read(backend, file);
        try {
            if (!layout.equals(saved.metadata().get("layout"))) {
                throw foreign(file, "its parameters have other names or shapes");
            }
            assign(mean, saved, "mean", file);
            assign(variance, saved, "variance", file);
            if (average != parameters) {
                assign(averages, saved, "average", file);
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
            throw foreign(file, "`" + name + "` is missing or of another size");
        }
        JniUtils.subi(target.array(), target.array());
        JniUtils.addi(target.array(), source.array());
    }

    private static RuntimeException foreign(Path file, String why) {
        return Diagnostic.error("E0908", null, file + " does not hold the state of this training: " + why)
                .help("start afresh, or name the checkpoint of this network and these settings")
                .raise();
    }

    private Tensor zerosLike(Tensor vector) {
        PtNDArray zeros = JniUtils.zerosLike(
                vector.array(), Bridge.dataType(vector.dtype()), vector.array().getDevice(), SparseFormat.DENSE);
        return backend.adopt(zeros, vector.type());
    }

    @Override
    public void close() {
        mean.close();
        variance.close();
        values.close();
        if (average != parameters) {
            averages.close();
            average.close();
        }
    }
}
