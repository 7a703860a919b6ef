package org.sdescript.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.algebra.Expr;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.Node;

/** A value of the language. */
public sealed interface Value {

    /** Returns the kind with its article, as in messages: {@code a number}. */
    String kind();

    /** A double on the host. */
    record Num(double value) implements Value {
        @Override
        public String kind() {
            return "a number";
        }
    }

    record Bool(boolean value) implements Value {
        public static final Bool TRUE = new Bool(true);
        public static final Bool FALSE = new Bool(false);

        public static Bool of(boolean value) {
            return value ? TRUE : FALSE;
        }

        @Override
        public String kind() {
            return "a truth value";
        }
    }

    record Text(String value) implements Value {
        @Override
        public String kind() {
            return "a string";
        }
    }

    enum None implements Value {
        NONE;

        @Override
        public String kind() {
            return "none";
        }
    }

    record ListValue(List<Value> elements) implements Value {
        public ListValue {
            elements = List.copyOf(elements);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A record; its fields keep their source order. */
    record RecordValue(Map<String, Value> fields) implements Value {
        public RecordValue {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public String kind() {
            return "a record";
        }
    }

    /** A concrete or a traced tensor. */
    sealed interface TensorLike extends Value {
        @Override
        default String kind() {
            return "a tensor";
        }
    }

    /** A tensor in the backend's memory; the session's current {@link MemoryScope} owns and frees it. */
    record TensorValue(Tensor tensor) implements TensorLike {
        @Override
        public boolean equals(Object other) {
            return other instanceof TensorValue(Tensor its) && its == tensor;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(tensor);
        }
    }

    /** A node of the traced kernel: a tensor, or a number known only when the kernel runs. */
    record TracedValue(Node node) implements TensorLike {
        @Override
        public String kind() {
            return node.isNumber() ? "a number known only when the kernel runs" : "a tensor";
        }
    }

    /** An exact expression, in the bodies of processes and the functions of algebra. */
    record FormulaValue(Expr expression) implements Value {
        @Override
        public String kind() {
            return "a formula";
        }
    }

    /** A kind of value added by another package: data sets, figures, models, distributions. */
    non-sealed interface Extension extends Value {
        /** Returns the value of a field, or null if the field does not exist. */
        default Value field(String name) {
            return null;
        }

        /** Returns the names of the fields, for spelling suggestions and completion. */
        default List<String> fieldNames() {
            return List.of();
        }

        /** Returns the values kept alive by this value; see {@link MemoryScope}. */
        default List<Value> children() {
            return List.of();
        }

        String show();
    }

    static Num number(double value) {
        return new Num(value);
    }

    static Text text(String value) {
        return new Text(value);
    }

    static ListValue list(List<? extends Value> values) {
        return new ListValue(List.copyOf(values));
    }

    static ListValue numbers(double... values) {
        return new ListValue(java.util.Arrays.stream(values)
                .mapToObj(Num::new)
                .map(Value.class::cast)
                .toList());
    }
}
