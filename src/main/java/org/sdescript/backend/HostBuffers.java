package org.sdescript.backend;

import ai.djl.Device;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;

/**
 * Copies numbers from Java into native memory; nothing else does. DJL lays a new array on the given Java buffer, and a
 * view that outlives the array reads freed memory; here every array is a copy that the engine owns. Buffers are reused:
 * fresh direct memory costs more than the copy.
 */
final class HostBuffers {
    private static final int SMALLEST = 1 << 12;

    private final Device device;
    private ByteBuffer buffer = direct(SMALLEST);
    private double[] scratch = new double[SMALLEST / Double.BYTES];

    HostBuffers(Device device) {
        this.device = device;
    }

    /** A Java array of at least the shape's size, valid until the next call. */
    double[] scratch(Shape shape) {
        int count = Math.toIntExact(shape.elements());
        if (scratch.length < count) {
            scratch = new double[count];
        }
        return scratch;
    }

    /** Creates an array from the first elements of {@code values}. */
    PtNDArray upload(PtNDManager owner, DType dtype, Shape shape, double[] values) {
        room(dtype, shape);
        write(dtype, shape, values, buffer);
        return copy(owner, dtype, shape);
    }

    /** The same for numbers in [0, 1), which stay below 1 in single precision. */
    PtNDArray uploadFractions(PtNDManager owner, DType dtype, Shape shape, double[] values) {
        stayBelowOne(dtype, shape, values);
        return upload(owner, dtype, shape, values);
    }

    /** Truncates numbers in [0, 1) to 24 bits, because rounding to single precision could give 1. */
    static void stayBelowOne(DType dtype, Shape shape, double[] values) {
        if (dtype == DType.FLOAT32) {
            int count = Math.toIntExact(shape.elements());
            for (int i = 0; i < count; i++) {
                values[i] = (int) (values[i] * 0x1p24) * 0x1p-24;
            }
        }
    }

    /** Writes the first elements of {@code values} to the start of the buffer. */
    static void write(DType dtype, Shape shape, double[] values, ByteBuffer buffer) {
        int count = Math.toIntExact(shape.elements());
        switch (dtype) {
            case FLOAT32 -> {
                for (int i = 0; i < count; i++) {
                    buffer.putFloat((float) values[i]);
                }
            }
            case FLOAT64 -> buffer.asDoubleBuffer().put(values, 0, count);
            case INT64 -> {
                for (int i = 0; i < count; i++) {
                    buffer.putLong((long) values[i]);
                }
            }
            case BOOL -> {
                for (int i = 0; i < count; i++) {
                    buffer.put((byte) (values[i] == 0 ? 0 : 1));
                }
            }
        }
    }

    PtNDArray upload(PtNDManager owner, Shape shape, float[] values) {
        int count = room(DType.FLOAT32, shape);
        buffer.asFloatBuffer().put(values, 0, count);
        return copy(owner, DType.FLOAT32, shape);
    }

    PtNDArray upload(PtNDManager owner, Shape shape, long[] values) {
        int count = room(DType.INT64, shape);
        buffer.asLongBuffer().put(values, 0, count);
        return copy(owner, DType.INT64, shape);
    }

    private int room(DType dtype, Shape shape) {
        int count = Math.toIntExact(shape.elements());
        int needed = Math.multiplyExact(count, dtype.bytes());
        if (buffer.capacity() < needed) {
            buffer = direct(needed);
        }
        buffer.clear();
        return count;
    }

    private PtNDArray copy(PtNDManager owner, DType dtype, Shape shape) {
        buffer.clear();
        var size = DjlTypes.shape(shape);
        var type = DjlTypes.dataType(dtype);
        try (PtNDArray alias = JniUtils.createNdFromByteBuffer(owner, buffer, size, type, SparseFormat.DENSE, device)) {
            return JniUtils.clone(alias);
        }
    }

    static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
}
