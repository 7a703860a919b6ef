package org.sdescript.backend;

import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ScriptCalls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;

/**
 * The state of a training: parameters, Adam's two moments, the average of the parameters, and the losses so far. All
 * but the losses are vectors as long as all parameters laid end to end, updated piece by piece: a piece stays in the
 * cache between the dozen operations of an update, and its temporary results are small enough for the allocator to
 * reuse.
 */
final class AdamState implements AutoCloseable {
    private static final long PIECE = 1 << 16;
    private static final float NO_CLIP = -1;

    private final Backend backend;
    private final OptimizerSettings settings;
    private final Parameters parameters;
    private final Parameters emaParameters;
    private final Tensor values;
    private final Tensor firstMoment;
    private final Tensor secondMoment;
    private final Tensor emaVector;
    private final long firstMomentHandles;
    private final long secondMomentHandles;
    private final long wholeArgument;
    private final long emaVectorHandle;
    private final String layout;
    private final List<Double> losses = new ArrayList<>();

    AdamState(Backend backend, Parameters parameters, OptimizerSettings settings) {
        this.backend = backend;
        this.settings = settings;
        this.parameters = parameters;
        this.emaParameters = settings.emaDecay() > 0 ? parameters.copy() : parameters;
        this.values = parameters.flatten();
        this.emaVector = emaParameters == parameters ? values : emaParameters.flatten();
        this.firstMoment = zerosLike(values);
        this.secondMoment = zerosLike(values);
        this.firstMomentHandles = parameters.partsArgument(firstMoment);
        this.secondMomentHandles = parameters.partsArgument(secondMoment);
        this.wholeArgument = ScriptCalls.tensors(values.array().getHandle());
        this.emaVectorHandle = ScriptCalls.tensors(emaVector.array().getHandle());
        this.layout = parameters.names().stream()
                .map(name -> name + parameters.get(name).shape())
                .collect(Collectors.joining(" "));
    }

    /** The loss of each step so far. */
    List<Double> losses() {
        return Collections.unmodifiableList(losses);
    }

    Parameters emaParameters() {
        return emaParameters;
    }

    boolean keepsAverage() {
        return emaParameters != parameters;
    }

    Tensor values() {
        return values;
    }

    /** The first moment of each parameter, as the list that a script takes. */
    long firstMomentHandles() {
        return firstMomentHandles;
    }

    /** The second moment of each parameter, as the list that a script takes. */
    long secondMomentHandles() {
        return secondMomentHandles;
    }

    /** All parameters end to end, as the one-tensor list that a script takes. */
    long whole() {
        return wholeArgument;
    }

    /**
     * The average of the parameters, as the one-tensor list that a script takes; the parameters themselves if no
     * average is kept.
     */
    long emaVectorHandle() {
        return emaVectorHandle;
    }

    /** Appends the loss of a step that changed the parameters. */
    void record(double loss) {
        losses.add(loss);
    }

    /**
     * One step of Adam with decoupled weight decay, Algorithm 2 of Loshchilov and Hutter 2019. The engine adds its ε
     * before the correction of the second moment, the paper after it; ε scaled by √(1 − β₂ᵗ) makes the two the same.
     *
     * @param gradient a vector as long as all parameters
     * @param scale factor applied to the gradient first
     */
    void update(PtNDArray gradient, double learningRate, double scale) {
        int steps = losses.size() + 1;
        double correction1 = 1 - Math.pow(settings.beta1(), steps);
        double correction2 = Math.sqrt(1 - Math.pow(settings.beta2(), steps));
        long count = parameters.count();
        for (long at = 0; at < count; at += PIECE) {
            try (PtNDArray w = piece(values.array(), at);
                    PtNDArray g = piece(gradient, at);
                    PtNDArray m = piece(firstMoment.array(), at);
                    PtNDArray v = piece(secondMoment.array(), at)) {
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
                if (keepsAverage()) {
                    follow(at, w);
                }
            }
        }
    }

    /** average ← average − (1 − d)(average − w): gradient descent with gradient −w and weight decay 1. */
    private void follow(long at, PtNDArray w) {
        double decay = decay();
        try (PtNDArray target = piece(emaVector.array(), at)) {
            JniUtils.sgdUpdate(target, w, null, (float) (1 - decay), 1, -1, NO_CLIP, 0);
        }
    }

    /**
     * The decay d of the next step. Young averages decay faster, as in the code of Song et al. 2021 (models/ema.py).
     */
    double decay() {
        int steps = losses.size() + 1;
        return Math.min(settings.emaDecay(), (1.0 + steps) / (10.0 + steps));
    }

    private static PtNDArray piece(PtNDArray vector, long at) {
        return JniUtils.slice(
                vector, 0, at, Math.min(at + PIECE, vector.getShape().get(0)), 1);
    }

    void save(Path file) {
        double[] history = losses.stream().mapToDouble(Double::doubleValue).toArray();
        try (Tensor past = backend.tensor(DType.FLOAT64, Shape.of(history.length), history)) {
            Map<String, Tensor> tensors = state();
            tensors.put("losses", past);
            new Safetensors(tensors, Map.of("layout", layout)).write(file);
        }
    }

    /** The tensors that the next step reads and writes, by name. */
    private Map<String, Tensor> state() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("parameters", values);
        tensors.put("mean", firstMoment);
        tensors.put("variance", secondMoment);
        if (keepsAverage()) {
            tensors.put("average", emaVector);
        }
        return tensors;
    }

    void load(Path file) {
        Safetensors saved = Safetensors.readOwn(backend, file);
        try {
            if (!layout.equals(saved.metadata().get("layout"))) {
                throw foreign(file, "its parameters have other names or shapes");
            }
            Map<String, Tensor> state = state();
            Tensor past = saved.tensors().get("losses");
            if (past == null) {
                throw incomplete(file, "losses");
            }
            state.forEach((name, tensor) -> require(tensor, saved, name, file));
            state.forEach((name, tensor) ->
                    assign(tensor, Objects.requireNonNull(saved.tensors().get(name))));
            losses.clear();
            Arrays.stream(past.toDoubles()).forEach(losses::add);
        } finally {
            saved.tensors().values().forEach(Tensor::close);
        }
    }

    private static void require(Tensor target, Safetensors saved, String name, Path file) {
        Tensor source = saved.tensors().get(name);
        if (source == null || !source.type().equals(target.type())) {
            throw incomplete(file, name);
        }
    }

    /** Copies values in place, exactly: the target's values are finite, so target − target is 0. */
    private static void assign(Tensor target, Tensor source) {
        JniUtils.subi(target.array(), target.array());
        JniUtils.addi(target.array(), source.array());
    }

    private static RuntimeException incomplete(Path file, String name) {
        return foreign(file, "`" + name + "` is missing, or of another size or precision");
    }

    private static RuntimeException foreign(Path file, String why) {
        return Diagnostic.error("E0908", null, file + " does not hold the state of this training: " + why)
                .help("start afresh, or name the checkpoint of this network and these settings")
                .raise();
    }

    private Tensor zerosLike(Tensor vector) {
        PtNDArray zeros = JniUtils.zerosLike(
                vector.array(),
                DjlTypes.dataType(vector.dtype()),
                vector.array().getDevice(),
                SparseFormat.DENSE);
        return backend.adopt(zeros, vector.type());
    }

    @Override
    public void close() {
        ScriptCalls.delete(firstMomentHandles);
        ScriptCalls.delete(secondMomentHandles);
        ScriptCalls.delete(wholeArgument);
        ScriptCalls.delete(emaVectorHandle);
        firstMoment.close();
        secondMoment.close();
        values.close();
        if (keepsAverage()) {
            emaVector.close();
            emaParameters.close();
        }
    }
}
