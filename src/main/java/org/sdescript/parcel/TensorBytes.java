package org.sdescript.parcel;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.sdescript.backend.Backend;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;

/** Tensors from the bytes of their memory, little-endian. */
final class TensorBytes {
    private TensorBytes() {}

    static Tensor tensor(Backend backend, DType dtype, Shape shape, ByteBuffer elements) {
        int count = Math.toIntExact(shape.elements());
        return switch (dtype) {
            case FLOAT32 -> {
                float[] values = new float[count];
                elements.asFloatBuffer().get(values);
                yield backend.tensor(shape, values);
            }
            case INT64 -> {
                long[] values = new long[count];
                elements.asLongBuffer().get(values);
                yield backend.tensor(shape, values);
            }
            case FLOAT64 -> {
                double[] values = new double[count];
                elements.asDoubleBuffer().get(values);
                yield backend.tensor(dtype, shape, values);
            }
            case BOOL -> {
                double[] values = new double[count];
                Arrays.setAll(values, i -> elements.get(i));
                yield backend.tensor(dtype, shape, values);
            }
        };
    }
}
