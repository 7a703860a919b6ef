package org.sdescript.torchscript;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.sdescript.graph.DType;

/** Numbers, lists and dtypes in the syntax of TorchScript. */
final class TypeText {
    /** The code of a dtype that graphs do not have. */
    static final String BFLOAT16 = "15";

    private TypeText() {}

    /** Returns the code of a dtype (c10/core/ScalarType.h). */
    static int code(DType dtype) {
        return switch (dtype) {
            case INT64 -> 4;
            case FLOAT32 -> 6;
            case FLOAT64 -> 7;
            case BOOL -> 11;
        };
    }

    static String list(List<?> elements) {
        return elements.toString();
    }

    /** Returns elements in memory layout, little-endian. */
    static byte[] bytes(DType dtype, List<Double> values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.size() * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            switch (dtype) {
                case BOOL -> buffer.put((byte) value);
                case INT64 -> buffer.putLong((long) value);
                case FLOAT32 -> buffer.putFloat((float) value);
                case FLOAT64 -> buffer.putDouble(value);
            }
        }
        return buffer.array();
    }

    static String bool(boolean value) {
        return value ? "True" : "False";
    }
}
