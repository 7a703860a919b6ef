package org.sdescript.torchscript;

import java.util.List;
import org.sdescript.graph.DType;

/** Numbers, lists and dtypes as TorchScript spells them. */
final class Types {
    /** The code of the dtype that graphs do not know. */
    static final String BFLOAT16 = "15";

    private Types() {}

    /** The code of a dtype (c10/core/ScalarType.h). */
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

    static String truth(boolean value) {
        return value ? "True" : "False";
    }
}
