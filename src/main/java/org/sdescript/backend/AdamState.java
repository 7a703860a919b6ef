package org.sdescript.backend;

import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ScriptCalls;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;

/**
 * The state of a training: parameters, Adam's two moments, the averages of the parameters, and the loss and the norm of
 * the gradient of each step so far. All but these are vectors as long as all parameters laid end to end, updated piece
 * by piece: a piece stays in the cache between the dozen operations of an update, and its temporary results are small
 * enough for the allocator to reuse.
 */
final class AdamState implements AutoCloseable {
    private static final long PIECE = 1 << 16;
    private static final float NO_CLIP = -1;
    private static final String LOSSES = "losses";
    private static final String GRADIENTS = "gradients";

    private final Backend backend;
    private final OptimizerSettings settings;
    private final Parameters parameters;
    private final Parameters emaParameters;
    private final Tensor values;
    private final Tensor firstMoment;
    private final Tensor secondMoment;
    private final List<Tensor> averages;
    private final long firstMomentHandles;
    private final long secondMomentHandles;
    private final long wholeArgument;
    private final long averagesArgument;
    private final String layout;
    private final List<Double> losses = new ArrayList<>();
    private final List<Double> gradientNorms = new ArrayList<>();

    AdamState(Backend backend, Parameters parameters, OptimizerSettings settings) {
        this.backend = backend;
        this.settings = settings;
        this.parameters = parameters;
        this.emaParameters = settings.averages().isEmpty() ? parameters : parameters.copy();
        this.values = parameters.flatten();
        this.averages = averages();
        this.firstMoment = zerosLike(values);
        this.secondMoment = zerosLike(values);
        this.firstMomentHandles = parameters.partsArgument(firstMoment);
        this.secondMomentHandles = parameters.partsArgument(secondMoment);
        this.wholeArgument = ScriptCalls.tensors(values.array().getHandle());
        this.averagesArgument = ScriptCalls.tensors((averages.isEmpty() ? List.of(values) : averages)
                .stream().mapToLong(vector -> vector.array().getHandle()).toArray());
        this.layout = parameters.names().stream()
                .map(name -> name + parameters.get(name).shape())
                .collect(Collectors.joining(" "));
    }

    /** Returns the vector of each average; the first has the parameters' average as views. */
    private List<Tensor> averages() {
        List<Tensor> vectors = new ArrayList<>();
        for (int i = 0; i < settings.averages().size(); i++) {
            vectors.add(i == 0 ? emaParameters.flatten() : copy(values));
        }
        return List.copyOf(vectors);
    }

    private Tensor copy(Tensor vector) {
        return backend.adopt(JniUtils.clone(vector.array()), vector.type());
    }

    /** Returns copies of the vectors of all averages, or of the parameters if no average is kept. */
    List<Tensor> copiesOfAverages() {
        return keepsAverage() ? averages.stream().map(this::copy).toList() : List.of(copy(values));
    }

    /** The loss of each step so far. */
    List<Double> losses() {
        return Collections.unmodifiableList(losses);
    }

    /** The norm of the gradient of each step so far, before clipping. */
    List<Double> gradientNorms() {
        return Collections.unmodifiableList(gradientNorms);
    }

    Parameters emaParameters() {
        return emaParameters;
    }

    boolean keepsAverage() {
        return !averages.isEmpty();
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

    /** The averages of the parameters, as the list that a script takes; the parameters if no average is kept. */
    long averagesArgument() {
        return averagesArgument;
    }

    /** Appends the outcome of a step that changed the parameters. */
    void record(StepOutcome outcome) {
        losses.add(outcome.loss());
        gradientNorms.add(outcome.gradientNorm());
    }

    /** Returns the SHA-256 of the parameters and their averages, in hexadecimal digits. */
    String fingerprint() {
        MessageDigest digest = sha256();
        Stream.concat(Stream.of(values), averages.stream())
                .forEach(tensor -> HostRead.of(tensor.array(), bytes -> {
                    digest.update(bytes);
                    return bytes;
                }));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Replaces the outcome of an earlier step, counted from 0. */
    void record(int step, StepOutcome outcome) {
        losses.set(step, outcome.loss());
        gradientNorms.set(step, outcome.gradientNorm());
    }

    /** The vectors that a step changes: the parameters, their moments and their averages. */
    List<Tensor> tensors() {
        return List.copyOf(state().values());
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
        double[] decays = decays();
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
                for (int i = 0; i < decays.length; i++) {
                    follow(averages.get(i), at, w, decays[i]);
                }
            }
        }
    }

    /** average ← average − (1 − d)(average − w): gradient descent with gradient −w and weight decay 1. */
    private static void follow(Tensor average, long at, PtNDArray w, double decay) {
        try (PtNDArray target = piece(average.array(), at)) {
            JniUtils.sgdUpdate(target, w, null, (float) (1 - decay), 1, -1, NO_CLIP, 0);
        }
    }

    /** The decay of each average in the next step. */
    double[] decays() {
        return settings.decays(losses.size() + 1);
    }

    private static PtNDArray piece(PtNDArray vector, long at) {
        return JniUtils.slice(
                vector, 0, at, Math.min(at + PIECE, vector.getShape().get(0)), 1);
    }

    /** @param more further tensors to write into the file */
    void save(Path file, Map<String, Tensor> more) {
        try (Tensor past = numbers(losses);
                Tensor norms = numbers(gradientNorms)) {
            Map<String, Tensor> tensors = state();
            tensors.put(LOSSES, past);
            tensors.put(GRADIENTS, norms);
            tensors.putAll(more);
            new Safetensors(tensors, Map.of("layout", layout)).write(file);
        }
    }

    private Tensor numbers(List<Double> values) {
        double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
        return backend.tensor(DType.FLOAT64, Shape.of(all.length), all);
    }

    /** The tensors that the next step reads and writes, by name. */
    private Map<String, Tensor> state() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("parameters", values);
        tensors.put("mean", firstMoment);
        tensors.put("variance", secondMoment);
        for (int i = 0; i < averages.size(); i++) {
            tensors.put(i == 0 ? "average" : "average_" + i, averages.get(i));
        }
        return tensors;
    }

    /** Returns the further tensors of the file, which the caller owns. */
    Map<String, Tensor> load(Path file) {
        Map<String, Tensor> more = new LinkedHashMap<>();
        Safetensors saved = Safetensors.readOwn(backend, file);
        try {
            if (!layout.equals(saved.metadata().get("layout"))) {
                throw foreign(file, "its parameters have other names or shapes");
            }
            Map<String, Tensor> state = state();
            Tensor past = saved.tensors().get(LOSSES);
            if (past == null) {
                throw incomplete(file, LOSSES);
            }
            state.forEach((name, tensor) -> require(tensor, saved, name, file));
            state.forEach((name, tensor) ->
                    assign(tensor, Objects.requireNonNull(saved.tensors().get(name))));
            restore(past, saved.tensors().get(GRADIENTS));
            more.putAll(saved.tensors());
            more.keySet().removeAll(state.keySet());
            more.keySet().removeAll(List.of(LOSSES, GRADIENTS));
            return more;
        } finally {
            saved.tensors().forEach((name, tensor) -> {
                if (!more.containsKey(name)) {
                    tensor.close();
                }
            });
        }
    }

    /** @param norms null in files of version 0.1, which say nothing of the gradients */
    private void restore(Tensor past, @Nullable Tensor norms) {
        losses.clear();
        gradientNorms.clear();
        Arrays.stream(past.toDoubles()).forEach(losses::add);
        if (norms != null) {
            Arrays.stream(norms.toDoubles()).forEach(gradientNorms::add);
        }
        while (gradientNorms.size() < losses.size()) {
            gradientNorms.add(Double.NaN);
        }
    }

    private static void require(Tensor target, Safetensors saved, String name, Path file) {
        Tensor source = saved.tensors().get(name);
        if (source == null || !source.type().equals(target.type())) {
            throw incomplete(file, name);
        }
    }

    /** Copies values in place, exactly: the target's values are finite, so target − target is 0. */
    static void assign(Tensor target, Tensor source) {
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
        ScriptCalls.delete(averagesArgument);
        firstMoment.close();
        secondMoment.close();
        values.close();
        averages.forEach(Tensor::close);
        if (keepsAverage()) {
            emaParameters.close();
        }
    }
}
