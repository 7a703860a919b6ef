package org.sdescript.backend;

import ai.djl.ndarray.types.DataType;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;

/** Converts data types and shapes to DJL's. */
final class DjlTypes {
    private DjlTypes() {}

    static DataType dataType(DType dtype) {
        return switch (dtype) {
            case BOOL -> DataType.BOOLEAN;
            case INT64 -> DataType.INT64;
            case FLOAT32 -> DataType.FLOAT32;
            case FLOAT64 -> DataType.FLOAT64;
        };
    }

    static ai.djl.ndarray.types.Shape shape(Shape shape) {
        return new ai.djl.ndarray.types.Shape(shape.toArray());
    }
}
