package org.sdescript.backend;

import ai.djl.pytorch.engine.PtNDArray;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;

/**
 * A tensor in native memory, owned by its holder. Closing frees the memory at once; an unreachable tensor is freed by
 * its backend some time after a garbage collection.
 */
public final class Tensor implements Operand, AutoCloseable {
    private final Type.TensorType type;
    private final Lifetimes.Ownership ownership;
    private int retained;
    private boolean closed;
    private @Nullable Runnable reader;

    Tensor(PtNDArray array, Type.TensorType type, Lifetimes lifetimes) {
        this.type = type;
        this.ownership = lifetimes.own(this, array);
    }

    @Override
    public Type.TensorType type() {
        return type;
    }

    public DType dtype() {
        return type.dtype();
    }

    public Shape shape() {
        return type.shape();
    }

    /** All elements, the last axis fastest. Truth values are 1 and 0. */
    public double[] toDoubles() {
        tellReader();
        return peek();
    }

    /** The same, without telling the observer: for values that are only shown or checked. */
    public double[] peek() {
        return HostRead.of(array(), this::doubles);
    }

    private double[] doubles(ByteBuffer elements) {
        double[] wide = new double[Math.toIntExact(shape().elements())];
        switch (dtype()) {
            case FLOAT64 -> elements.asDoubleBuffer().get(wide);
            case FLOAT32 -> Arrays.setAll(wide, i -> elements.getFloat());
            case INT64 -> Arrays.setAll(wide, i -> elements.getLong());
            case BOOL -> Arrays.setAll(wide, i -> elements.get() == 0 ? 0 : 1);
        }
        return wide;
    }

    public float[] toFloats() {
        tellReader();
        if (dtype() == DType.FLOAT32) {
            float[] values = new float[Math.toIntExact(shape().elements())];
            return HostRead.of(array(), elements -> {
                elements.asFloatBuffer().get(values);
                return values;
            });
        }
        double[] values = toDoubles();
        float[] narrow = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }

    /** The elements in their memory layout, little-endian. */
    public byte[] toBytes() {
        tellReader();
        return HostRead.of(array(), elements -> {
            byte[] bytes = new byte[elements.remaining()];
            elements.get(bytes);
            return bytes;
        });
    }

    /** The element of a one-element tensor. */
    public double item() {
        if (shape().elements() != 1) {
            throw new IllegalStateException("a tensor of shape " + shape() + " has not one element");
        }
        return toDoubles()[0];
    }

    /** Runs an action at each later read of the elements by Java code. */
    public void observeReads(Runnable action) {
        reader = action;
    }

    private void tellReader() {
        if (reader != null) {
            reader.run();
        }
    }

    public boolean isClosed() {
        return array().isReleased();
    }

    /**
     * Delays {@link #close} until {@link #release} was called as often as this method; without a release, until the
     * tensor is unreachable.
     */
    public void retain() {
        retained++;
    }

    public void release() {
        retained--;
        if (closed && retained == 0) {
            ownership.release();
        }
    }

    @Override
    public void close() {
        closed = true;
        if (retained == 0) {
            ownership.release();
        }
    }

    PtNDArray array() {
        return ownership.array();
    }

    /** Replaces the array by another one of the same values, and takes ownership of it. */
    void move(PtNDArray other) {
        ownership.move(other);
    }

    @Override
    public String toString() {
        return type + (isClosed() ? " (closed)" : "");
    }
}
