package org.sdescript.backend;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ScriptCalls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.source.Span;

/** The trainable tensors of a network by name, in the order in which the network created them. */
public final class Parameters implements AutoCloseable {
    private static final long NONE = 0;

    private final Backend backend;
    private final SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    private long argument = NONE;

    public Parameters(Backend backend) {
        this.backend = backend;
    }

    public Tensor create(String name, Shape shape, float[] initial) {
        return add(name, backend.tensor(shape, initial));
    }

    /** Throws if a new parameter would not fit into memory beside the present ones. */
    public void expect(String name, DType dtype, Shape shape, Span span) {
        backend.expectParameter(name, new Type.TensorType(dtype, shape), count(), span);
    }

    public Tensor create(String name, DType dtype, Shape shape, double[] initial) {
        return add(name, backend.tensor(dtype, shape, initial));
    }

    /** Takes ownership of a tensor as a parameter. */
    public void adopt(String name, Tensor tensor) {
        add(name, tensor);
    }

    public boolean contains(String name) {
        return tensors.containsKey(name);
    }

    /** The tensor itself, not a copy: training changes it in place. */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no parameter " + name);
        }
        return tensor;
    }

    public List<String> names() {
        return List.copyOf(tensors.keySet());
    }

    public List<Tensor> tensors() {
        return List.copyOf(tensors.values());
    }

    /** The number of elements of all parameters. */
    public long count() {
        return tensors.values().stream().mapToLong(t -> t.shape().elements()).sum();
    }

    /** A copy of the present values that training does not change. */
    public Parameters copy() {
        Parameters copy = new Parameters(backend);
        tensors.forEach((name, tensor) -> copy.add(name, backend.adopt(JniUtils.clone(tensor.array()), tensor.type())));
        return copy;
    }

    /**
     * Parameters of the same names and shapes, with the values of a vector of all parameters end to end. The vector
     * stays the caller's.
     */
    public Parameters withValues(Tensor vector) {
        Parameters copy = new Parameters(backend);
        List<PtNDArray> views = parts(vector.array());
        tensors.forEach((name, tensor) -> {
            try (PtNDArray view = views.removeFirst()) {
                copy.add(name, backend.adopt(JniUtils.clone(view), tensor.type()));
            }
        });
        return copy;
    }

    public void save(Path file) {
        save(file, Map.of());
    }

    public void save(Path file, Map<String, String> metadata) {
        new Safetensors(tensors, metadata).write(file);
    }

    public static Parameters load(Backend backend, Path file) {
        Parameters parameters = new Parameters(backend);
        Safetensors.read(backend, file).tensors().forEach(parameters::add);
        return parameters;
    }

    /**
     * Lays all parameters into one vector, in their order; each parameter becomes a view of its part. An elementwise
     * operation then takes one call instead of one call per parameter.
     */
    Tensor flatten() {
        DType dtype = tensors.firstEntry().getValue().dtype();
        PtNDArray[] parts = tensors.values().stream()
                .map(tensor -> JniUtils.reshape(tensor.array(), new long[] {-1}))
                .toArray(PtNDArray[]::new);
        PtNDArray vector = JniUtils.cat(parts, 0);
        Arrays.stream(parts).forEach(PtNDArray::close);
        forgetArgument();
        List<PtNDArray> views = parts(vector);
        for (Tensor tensor : tensors.values()) {
            try (PtNDArray view = views.removeFirst()) {
                PtNDArray leaf = JniUtils.detachGradient(view);
                leaf.setRequiresGradient(true);
                tensor.move(leaf);
            }
        }
        return backend.adopt(vector, new Type.TensorType(dtype, Shape.of(count())));
    }

    /** Views of each parameter's part of a vector as long as all parameters end to end; the caller closes the views. */
    private List<PtNDArray> parts(PtNDArray vector) {
        List<PtNDArray> views = new ArrayList<>();
        long at = 0;
        for (Tensor tensor : tensors.values()) {
            long end = at + tensor.shape().elements();
            try (PtNDArray part = JniUtils.slice(vector, 0, at, end, 1)) {
                views.add(JniUtils.reshape(part, tensor.shape().toArray()));
            }
            at = end;
        }
        return views;
    }

    /** The same views as the list that a script takes; the caller deletes the list. */
    long partsArgument(Tensor vector) {
        List<PtNDArray> views = parts(vector.array());
        long list = ScriptCalls.tensors(
                views.stream().mapToLong(PtNDArray::getHandle).toArray());
        views.forEach(PtNDArray::close);
        return list;
    }

    /** All tensors as the list that a script takes. */
    long argument() {
        if (argument == NONE) {
            long[] handles = tensors.values().stream()
                    .mapToLong(tensor -> tensor.array().getHandle())
                    .toArray();
            argument = ScriptCalls.tensors(handles);
        }
        return argument;
    }

    private void forgetArgument() {
        if (argument != NONE) {
            ScriptCalls.delete(argument);
            argument = NONE;
        }
    }

    @Override
    public void close() {
        forgetArgument();
        tensors.values().forEach(Tensor::close);
    }

    private Tensor add(String name, Tensor tensor) {
        if (!tensors.isEmpty() && tensors.firstEntry().getValue().dtype() != tensor.dtype()) {
            throw new IllegalArgumentException("parameters of one network have one dtype");
        }
        if (tensors.putIfAbsent(name, tensor) != null) {
            tensor.close();
            throw new IllegalArgumentException("parameter " + name + " is there already");
        }
        tensor.array().setRequiresGradient(true);
        forgetArgument();
        return tensor;
    }
}
