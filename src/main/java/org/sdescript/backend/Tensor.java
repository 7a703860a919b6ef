package org.sdescript.backend;

import ai.djl.pytorch.engine.PtNDArray;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;

/**
 * A tensor in native memory, owned by whoever holds it. Closing frees the memory at once; a tensor that is dropped
 * without closing is freed by its backend some time after the garbage collector has noticed.
 */
public final class Tensor implements Operand, AutoCloseable {
    private final Type.TensorType type;
    private final Lifetimes.Ownership ownership;

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
        double[] wide = new double[Math.toIntExact(shape().elements())];
        switch (dtype()) {
            case FLOAT64 -> {
                return array().toDoubleArray();
            }
            case FLOAT32 -> {
                float[] values = array().toFloatArray();
                Arrays.setAll(wide, i -> values[i]);
            }
            case INT64 -> {
                long[] values = array().toLongArray();
                Arrays.setAll(wide, i -> values[i]);
            }
            case BOOL -> {
                boolean[] values = array().toBooleanArray();
                Arrays.setAll(wide, i -> values[i] ? 1 : 0);
            }
        }
        return wide;
    }

    public float[] toFloats() {
        if (dtype() == DType.FLOAT32) {
            return array().toFloatArray();
        }
        double[] values = toDoubles();
        float[] narrow = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }

    /** The elements as they lie in memory, little-endian. */
    public byte[] toBytes() {
        ByteBuffer elements = array().toByteBuffer(false);
        byte[] bytes = new byte[elements.remaining()];
        elements.get(bytes);
        return bytes;
    }

    /** The element of a tensor that has one. */
    public double item() {
        if (shape().elements() != 1) {
            throw new IllegalStateException("a tensor of shape " + shape() + " has not one element");
        }
        return toDoubles()[0];
    }

    public boolean isClosed() {
        return array().isReleased();
    }

    @Override
    public void close() {
        ownership.release();
    }

    PtNDArray array() {
        return ownership.array();
    }

    /** Puts the tensor into another array of the same values, which it owns from now on. */
    void move(PtNDArray other) {
        ownership.move(other);
    }

    @Override
    public String toString() {
        return type + (isClosed() ? " (closed)" : "");
    }
}
