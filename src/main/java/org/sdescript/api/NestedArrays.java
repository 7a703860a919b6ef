package org.sdescript.api;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sdescript.graph.DType;

/** Converts arrays of Java with any number of dimensions, {@code double[]} to {@code float[][][]}, to tensors. */
final class NestedArrays {
    private static final Set<Class<?>> WHOLE = Set.of(long.class, int.class, short.class, byte.class);
    private static final Set<Class<?>> REAL = Set.of(double.class, float.class);

    private NestedArrays() {}

    /** True for arrays of numbers or truth values; false for arrays of objects, which become lists. */
    static boolean isTensor(Object array) {
        Class<?> leaf = leaf(array.getClass());
        return REAL.contains(leaf) || WHOLE.contains(leaf) || leaf == boolean.class;
    }

    /** Returns the type of the elements at the end of all dimensions. */
    static Class<?> leaf(Class<?> type) {
        Class<?> component = type.getComponentType();
        return component == null ? type : leaf(component);
    }

    /** Copies an array; throws {@link IllegalArgumentException} if its rows differ in length. */
    static NdArray read(Object array) {
        int[] shape = shape(array);
        double[] values =
                new double[Math.toIntExact(Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact))];
        fill(array, shape, 0, values, 0);
        return NdArray.of(values, dtype(leaf(array.getClass())), shape);
    }

    private static @Nullable DType dtype(Class<?> leaf) {
        return leaf == boolean.class ? DType.BOOL : WHOLE.contains(leaf) ? DType.INT64 : null;
    }

    /** Returns the sizes of the first row of each dimension; an empty dimension has only empty ones below. */
    private static int[] shape(Object array) {
        List<Integer> sizes = new ArrayList<>();
        Class<?> type = array.getClass();
        Object first = array;
        while (type.isArray()) {
            int length = first == null ? 0 : Array.getLength(first);
            sizes.add(length);
            type = type.getComponentType();
            first = length > 0 && type.isArray() ? Array.get(first, 0) : null;
        }
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int fill(Object array, int[] shape, int axis, double[] values, int from) {
        int length = Array.getLength(array);
        if (length != shape[axis]) {
            throw new IllegalArgumentException("a row has " + length + " elements, and the first one " + shape[axis]);
        }
        if (axis == shape.length - 1) {
            copy(array, values, from);
            return from + length;
        }
        int next = from;
        for (Object row : (Object[]) array) {
            if (row == null) {
                throw new IllegalArgumentException("a row is null");
            }
            next = fill(row, shape, axis + 1, values, next);
        }
        return next;
    }

    private static void copy(Object row, double[] values, int from) {
        switch (row) {
            case double[] numbers -> System.arraycopy(numbers, 0, values, from, numbers.length);
            case boolean[] truths -> {
                for (int i = 0; i < truths.length; i++) {
                    values[from + i] = truths[i] ? 1 : 0;
                }
            }
            default -> {
                for (int i = 0; i < Array.getLength(row); i++) {
                    values[from + i] = Array.getDouble(row, i);
                }
            }
        }
    }
}
