package org.sdescript.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sdescript.algebra.Expr;
import org.sdescript.backend.Tensor;
import org.sdescript.check.Kind;
import org.sdescript.graph.Node;

/** A value of the language. */
public sealed interface Value {

    Kind kind();

    /** Returns the kind with its article, as in messages: {@code a number}. */
    default String words() {
        return kind().words();
    }

    /** A double on the host. */
    record Num(double value) implements Value {
        @Override
        public Kind kind() {
            return Kind.NUMBER;
        }
    }

    record Bool(boolean value) implements Value {
        public static final Bool TRUE = new Bool(true);
        public static final Bool FALSE = new Bool(false);

        public static Bool of(boolean value) {
            return value ? TRUE : FALSE;
        }

        @Override
        public Kind kind() {
            return Kind.BOOLEAN;
        }
    }

    record Text(String value) implements Value {
        @Override
        public Kind kind() {
            return Kind.TEXT;
        }
    }

    enum None implements Value {
        NONE;

        @Override
        public Kind kind() {
            return Kind.NONE;
        }
    }

    record ListValue(List<Value> elements) implements Value {
        public ListValue {
            elements = List.copyOf(elements);
        }

        @Override
        public Kind kind() {
            return Kind.LIST;
        }
    }

    /** A record; its fields keep their source order. */
    record RecordValue(Map<String, Value> fields) implements Value {
        public RecordValue {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public Kind kind() {
            return Kind.RECORD;
        }
    }

    /** A concrete or a traced tensor. */
    sealed interface TensorLike extends Value {
        @Override
        default Kind kind() {
            return Kind.TENSOR;
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
        public Kind kind() {
            return node.isNumber() ? Kind.TRACED_NUMBER : Kind.TENSOR;
        }
    }

    /** An exact expression, in the bodies of processes and the functions of algebra. */
    record FormulaValue(Expr expression) implements Value {
        @Override
        public Kind kind() {
            return Kind.FORMULA;
        }
    }

    /** A kind of value added by another package: data sets, figures, models, distributions. */
    non-sealed interface Extension extends Value {
        /** Returns the value of a field, or null if the field does not exist. */
        default @Nullable Value field(String name) {
            return null;
        }

        /** Returns the names of the fields, for spelling suggestions and completion. */
        default List<String> fieldNames() {
            return List.of();
        }

        /** Returns how another process makes this value, if not from the parts of its class. */
        default Optional<Recipe> recipe() {
            return Optional.empty();
        }

        /** Returns the values kept alive by this value; see {@link MemoryScope}. */
        default List<Value> children() {
            return List.of();
        }

        String show();
    }

    /** A value that shows itself where a statement leaves it unused, such as a figure. */
    interface Shown extends Extension {
        void show(Session session);
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

    static ListValue texts(List<String> texts) {
        return new ListValue(
                texts.stream().map(Value::text).map(Value.class::cast).toList());
    }

    static ListValue numbers(double... values) {
        return new ListValue(java.util.Arrays.stream(values)
                .mapToObj(Num::new)
                .map(Value.class::cast)
                .toList());
    }
}
