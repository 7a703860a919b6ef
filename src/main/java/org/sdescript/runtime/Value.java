package org.sdescript.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.algebra.Expr;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.Node;

/** What an expression can yield. */
public sealed interface Value {

    /** The kind as users call it, with its article: {@code a number}. */
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

    /** Fields in the order they were written. */
    record RecordValue(Map<String, Value> fields) implements Value {
        public RecordValue {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public String kind() {
            return "a record";
        }
    }

    /** A tensor that exists, or one of a program that is being traced. */
    sealed interface TensorLike extends Value {
        @Override
        default String kind() {
            return "a tensor";
        }
    }

    /** A tensor in the backend's memory; which {@link Region} frees it is the session's business. */
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

    /** A node of the kernel that is being traced: a tensor, or a number known only when the kernel runs. */
    record TracedValue(Node node) implements TensorLike {
        @Override
        public String kind() {
            return node.isNumber() ? "a number known only when the kernel runs" : "a tensor";
        }
    }

    /** An exact expression, met in the bodies of processes and in the algebra's functions. */
    record FormulaValue(Expr expression) implements Value {
        @Override
        public String kind() {
            return "a formula";
        }
    }

    /** What packages after this one add: data sets, figures, models, distributions. */
    non-sealed interface Extension extends Value {
        /** The value of a field, or null where there is none. */
        default Value field(String name) {
            return null;
        }

        /** The fields there are, for spelling suggestions and completion. */
        default List<String> fieldNames() {
            return List.of();
        }

        /** The values this one keeps alive; see {@link Region}. */
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
