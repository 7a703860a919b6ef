package org.sdescript.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a class of values: each name with its getter, in the order of messages and completion.
 *
 * @param <T> the class of the values that have the fields
 */
public final class FieldTable<T> {
    private final Map<String, Function<T, Value>> getters = new LinkedHashMap<>();

    /** A value whose fields are those of a table, and no others. */
    public interface Owner extends Value.Extension {
        Owned<?> ownFields();

        @Override
        default @Nullable Value field(String name) {
            return ownFields().get(name);
        }

        @Override
        default List<String> fieldNames() {
            return ownFields().fields().names();
        }
    }

    /** A table with the value that has its fields. */
    public record Owned<T>(FieldTable<T> fields, T owner) {
        private @Nullable Value get(String name) {
            return fields.get(name, owner);
        }
    }

    /** A name with the getter of its value. */
    public record Field<T>(String name, Function<T, Value> getter) {}

    private FieldTable() {}

    @SafeVarargs
    public static <T> FieldTable<T> of(Field<T>... fields) {
        FieldTable<T> table = new FieldTable<>();
        for (Field<T> field : fields) {
            table.getters.put(field.name(), field.getter());
        }
        return table;
    }

    public static <T> Field<T> value(String name, Function<T, Value> getter) {
        return new Field<>(name, getter);
    }

    /** Returns a field whose value is a function of required variables. */
    public static <T> Field<T> method(String name, List<String> variables, BiFunction<T, Call, Value> body) {
        String[] names = variables.toArray(String[]::new);
        return value(name, owner -> Builtin.named(name, names).is(call -> body.apply(owner, call)));
    }

    public Owned<T> of(T owner) {
        return new Owned<>(this, owner);
    }

    public List<String> names() {
        return List.copyOf(getters.keySet());
    }

    /** Returns the value of an owner's field, or null if the field does not exist. */
    public @Nullable Value get(String name, T owner) {
        Function<T, Value> getter = getters.get(name);
        return getter == null ? null : getter.apply(owner);
    }
}
