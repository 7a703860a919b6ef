package org.sdescript.api;

import java.io.File;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sdescript.runtime.ValueText;

/**
 * Copies objects of a program as plain data: null, {@link Double}, {@link Boolean}, {@link String}, {@link NdArray},
 * {@link List}, {@link Map} and {@link SdeValue}. Runs on the caller's thread, so that an object without a counterpart
 * is reported there, and later changes of the object have no effect on the script.
 */
final class PlainData {
    private static final int DEEPEST = 200;
    private static final String WRONG_TYPE = "E0401";

    /** A name for the object in errors: {@code x}, {@code the parameter steps}. */
    private final String what;

    private PlainData(String what) {
        this.what = what;
    }

    static @Nullable Object of(@Nullable Object object, String what) {
        return new PlainData(what).plain(object, 0);
    }

    private @Nullable Object plain(@Nullable Object object, int depth) {
        if (depth > DEEPEST) {
            throw refused("is nested more than " + DEEPEST + " levels deep, or contains itself");
        }
        return switch (object) {
            case null -> null;
            case Number number -> number.doubleValue();
            case Boolean bool -> bool;
            case NdArray array -> array;
            case SdeValue value -> value;
            case Sampler sampler -> sampler.function();
            case CharSequence text -> text.toString();
            case Character letter -> letter.toString();
            case Enum<?> constant -> constant.name();
            case Path path -> path.toString();
            case File file -> file.toString();
            case Optional<?> optional -> plain(optional.orElse(null), depth);
            case Record record -> fields(record, depth);
            case Map<?, ?> map -> fields(map, depth);
            case Iterable<?> elements -> list(elements, depth);
            default -> object.getClass().isArray() ? array(object, depth) : noCounterpart(object);
        };
    }

    private Map<String, @Nullable Object> fields(Map<?, ?> map, int depth) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        map.forEach((name, value) -> fields.put(String.valueOf(name), plain(value, depth + 1)));
        return fields;
    }

    private Map<String, @Nullable Object> fields(Record record, int depth) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            fields.put(component.getName(), plain(RecordComponents.value(component, record), depth + 1));
        }
        return fields;
    }

    private List<@Nullable Object> list(Iterable<?> elements, int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        elements.forEach(element -> list.add(plain(element, depth + 1)));
        return list;
    }

    private Object array(Object array, int depth) {
        if (!NestedArrays.isTensor(array)) {
            return array instanceof char[] letters ? new String(letters) : list(Arrays.asList((Object[]) array), depth);
        }
        try {
            return NestedArrays.read(array);
        } catch (IllegalArgumentException | ArithmeticException uneven) {
            throw refused("is no tensor: " + uneven.getMessage());
        }
    }

    private SdeException noCounterpart(Object object) {
        throw SdeException.of(
                WRONG_TYPE,
                what + " is a " + object.getClass().getTypeName() + ", which is no value of a script",
                "numbers, truth values, strings, arrays, lists, maps and records are");
    }

    private SdeException refused(String why) {
        return SdeException.of(WRONG_TYPE, what + " " + why, "");
    }

    /** Returns words for plain data, for errors: {@code a list}. */
    static String words(@Nullable Object plain) {
        return switch (plain) {
            case null -> "none";
            case Double number -> ValueText.number(number);
            case String text -> '"' + text + '"';
            case NdArray array -> array.rank() == 0 ? "a number" : "an " + array;
            case List<?> list -> "a list";
            case Map<?, ?> map -> "a record";
            case SdeValue value -> value.kind();
            default -> plain.toString();
        };
    }
}
