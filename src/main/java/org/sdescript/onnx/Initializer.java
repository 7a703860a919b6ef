package org.sdescript.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.sdescript.graph.DType;

/**
 * A tensor whose elements stand in the file.
 *
 * @param name the name, unique in the model
 * @param bytes the elements, little-endian, the last axis fastest
 */
public record Initializer(String name, DType dtype, List<Long> sizes, byte[] bytes) {
    public Initializer {
        sizes = List.copyOf(sizes);
    }

    /** Returns the elements as bytes in this dtype. */
    static byte[] bytes(DType dtype, List<Double> values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.size() * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            switch (dtype) {
                case BOOL -> buffer.put((byte) (value != 0 ? 1 : 0));
                case INT64 -> buffer.putLong((long) value);
                case FLOAT32 -> buffer.putFloat((float) value);
                case FLOAT64 -> buffer.putDouble(value);
            }
        }
        return buffer.array();
    }
}
