package org.sdescript.onnx;

import java.util.List;

/** A named constant of an operator, such as the axis of a softmax. */
sealed interface OnnxAttribute {
    record Whole(String name, long value) implements OnnxAttribute {}

    record Wholes(String name, List<Long> values) implements OnnxAttribute {
        public Wholes {
            values = List.copyOf(values);
        }
    }

    record Real(String name, float value) implements OnnxAttribute {}

    record Word(String name, String value) implements OnnxAttribute {}

    /** A graph that the operator runs, such as a branch of {@code If}. */
    record Branch(String name, ProtoMessage graph) implements OnnxAttribute {}

    static OnnxAttribute of(String name, long value) {
        return new Whole(name, value);
    }

    static OnnxAttribute of(String name, List<Long> values) {
        return new Wholes(name, values);
    }

    static OnnxAttribute of(String name, double value) {
        return new Real(name, (float) value);
    }

    static OnnxAttribute of(String name, String value) {
        return new Word(name, value);
    }

    /** The same value for both axes of an image. */
    static OnnxAttribute square(String name, long value) {
        return of(name, List.of(value, value));
    }
}
