package org.sdescript.api;

import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sdescript.graph.DType;

/**
 * Converts a result as {@link SdeRun#get(String)} returns it to the type that a program asks for. Lists and tensors
 * become arrays and lists, records become records of Java by the names of their components.
 */
final class TypedResult {
    private TypedResult() {}

    /**
     * Returns the value as an object of a type.
     *
     * @param what the name of the value in errors, such as {@code `x`}
     */
    @SuppressWarnings("unchecked") // the class object of a primitive type is that of its box
    static <T> T of(@Nullable Object value, Class<T> type, String what) {
        Object converted = of(value, (Type) type, what);
        if (converted == null) {
            throw mismatch(value, type, what);
        }
        return (T) converted;
    }

    private static @Nullable Object of(@Nullable Object value, Type type, String what) {
        Class<?> raw = raw(type);
        if (raw == Optional.class) {
            return Optional.ofNullable(value).map(present -> of(present, argument(type, 0), what));
        }
        if (value == null) {
            if (raw.isPrimitive()) {
                throw mismatch(null, type, what);
            }
            return null;
        }
        if (raw.isArray()) {
            return array(value, raw.getComponentType(), type, what);
        }
        if (raw.isAssignableFrom(List.class) && raw != Object.class) {
            return list(value, argument(type, 0), type, what);
        }
        if (raw == Map.class && value instanceof Map<?, ?> fields) {
            return map(fields, argument(type, 1), what);
        }
        if (raw.isRecord()) {
            return record(value, raw, what);
        }
        return single(value, raw, what);
    }

    private static @Nullable Object single(Object value, Class<?> raw, String what) {
        if (raw.isInstance(value)) {
            return value;
        }
        if (raw == boolean.class && value instanceof Boolean) {
            return value;
        }
        if (raw == NdArray.class) {
            return ndArray(value, what);
        }
        if (raw == Sampler.class && value instanceof SdeFunction function) {
            return new Sampler(function);
        }
        if (raw.isEnum() && value instanceof String name) {
            return Arrays.stream(raw.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> mismatch(value, raw, what));
        }
        Double number = NumberTypes.has(raw) ? number(value) : null;
        if (number == null) {
            throw mismatch(value, raw, what);
        }
        return NumberTypes.as(number, raw, what);
    }

    private static @Nullable Double number(Object value) {
        return switch (value) {
            case Double number -> number;
            case NdArray array when array.values().length == 1 -> array.asNumber();
            default -> null;
        };
    }

    private static NdArray ndArray(Object value, String what) {
        return switch (value) {
            case Double number -> NdArray.of(new double[] {number});
            case SdeValue held when held.samples().isPresent() -> held.samples().get();
            case List<?> rows -> NestedLists.read(rows).orElseThrow(() -> mismatch(value, NdArray.class, what));
            default -> throw mismatch(value, NdArray.class, what);
        };
    }

    private static Object array(Object value, Class<?> component, Type type, String what) {
        if (value instanceof NdArray tensor && tensor.rank() == 1 && component == double.class) {
            return tensor.doubles();
        }
        List<?> elements = elements(value, type, what);
        Object array = Array.newInstance(component, elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Array.set(array, i, of(elements.get(i), (Type) component, what + "[" + i + "]"));
        }
        return array;
    }

    private static List<@Nullable Object> list(Object value, Type element, Type type, String what) {
        List<@Nullable Object> list = new ArrayList<>();
        for (Object each : elements(value, type, what)) {
            list.add(of(each, element, what + "[" + list.size() + "]"));
        }
        return Collections.unmodifiableList(list);
    }

    private static Map<String, @Nullable Object> map(Map<?, ?> fields, Type element, String what) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        fields.forEach((name, value) -> map.put(String.valueOf(name), of(value, element, what + "." + name)));
        return Collections.unmodifiableMap(map);
    }

    private static Object record(Object value, Class<?> type, String what) {
        if (!(value instanceof Map<?, ?> fields)) {
            throw mismatch(value, type, what);
        }
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            if (!fields.containsKey(name)) {
                throw SdeException.of(
                        "E0414",
                        what + " has no field `" + name + "`, which the record " + type.getSimpleName() + " has",
                        "its fields are "
                                + String.join(
                                        ", ",
                                        fields.keySet().stream()
                                                .map(String::valueOf)
                                                .toList()));
            }
            values[i] = of(fields.get(name), components[i].getGenericType(), what + "." + name);
        }
        return RecordComponents.make(type, values);
    }

    /** Returns the parts along the first axis of a list, tensor or data set. */
    private static List<?> elements(Object value, Type type, String what) {
        return switch (value) {
            case List<?> list -> list;
            case NdArray tensor when tensor.rank() > 0 -> parts(tensor);
            case SdeValue held
            when held.samples().isPresent() -> parts(held.samples().get());
            default -> throw mismatch(value, type, what);
        };
    }

    private static List<?> parts(NdArray tensor) {
        int[] shape = tensor.shape();
        double[] values = tensor.values();
        if (shape.length == 1) {
            return Arrays.stream(values)
                    .mapToObj(each -> tensor.dtype() == DType.BOOL ? (Object) (each != 0) : (Object) each)
                    .toList();
        }
        int[] inner = Arrays.copyOfRange(shape, 1, shape.length);
        int length = shape[0] == 0 ? 0 : values.length / shape[0];
        List<NdArray> parts = new ArrayList<>();
        for (int i = 0; i < shape[0]; i++) {
            parts.add(NdArray.of(Arrays.copyOfRange(values, i * length, (i + 1) * length), tensor.dtype(), inner));
        }
        return parts;
    }

    private static Class<?> raw(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType generic -> raw(generic.getRawType());
            default -> Object.class;
        };
    }

    /** Returns an argument of a generic type; {@code Object} if the type has none, as {@code List.class}. */
    private static Type argument(Type type, int index) {
        return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[index] : Object.class;
    }

    private static SdeException mismatch(@Nullable Object value, Type type, String what) {
        String wanted = raw(type).getSimpleName();
        return SdeException.of("E0401", what + " is " + words(value) + ", and no " + wanted, suggestion(value));
    }

    /** Returns words for a result; unlike {@link PlainData#words} the kind instead of a number or text. */
    private static String words(@Nullable Object value) {
        return switch (value) {
            case Double number -> "a number";
            case Boolean bool -> "a truth value";
            case String text -> "a string";
            case NdArray array -> "a tensor of shape " + Arrays.toString(array.shape());
            case null, default -> PlainData.words(value);
        };
    }

    private static String suggestion(@Nullable Object value) {
        return switch (value) {
            case Double number -> "ask for double.class";
            case Boolean bool -> "ask for boolean.class";
            case String text -> "ask for String.class";
            case NdArray array
            when array.rank() > 0 -> "ask for double" + "[]".repeat(array.rank()) + ".class or NdArray.class";
            case List<?> list -> "ask for List.class, or an array such as double[].class";
            case Map<?, ?> map -> "ask for Map.class, or a record with these components";
            case SdeFunction function -> "ask for SdeFunction.class";
            case null -> "";
            default -> "ask for SdeValue.class";
        };
    }
}
