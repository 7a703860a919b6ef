package org.sdescript.graph;

/** The type of a node's value: a host number in double, or a tensor. */
public sealed interface Type {
    Type NUMBER = new Scalar();

    static Type tensor(DType dtype, Shape shape) {
        return new TensorType(dtype, shape);
    }

    /** A number on the host, always in double: times, schedules, step sizes. */
    record Scalar() implements Type {
        @Override
        public String toString() {
            return "number";
        }
    }

    record TensorType(DType dtype, Shape shape) implements Type {
        @Override
        public String toString() {
            return dtype + " " + shape;
        }
    }
}
