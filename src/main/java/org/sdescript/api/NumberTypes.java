package org.sdescript.api;

import java.util.Map;
import java.util.function.DoubleFunction;
import org.sdescript.runtime.ValueText;

/** Converts numbers of scripts, which are doubles, to the number types of Java without loss. */
final class NumberTypes {
    private static final Map<Class<?>, DoubleFunction<Number>> EXACT = Map.of(
            double.class, number -> number,
            Double.class, number -> number,
            float.class, number -> (float) number,
            Float.class, number -> (float) number,
            Number.class, number -> number);

    private static final Map<Class<?>, Whole> WHOLE = Map.of(
            int.class, new Whole(Integer.MIN_VALUE, Integer.MAX_VALUE, number -> (int) number),
            Integer.class, new Whole(Integer.MIN_VALUE, Integer.MAX_VALUE, number -> (int) number),
            long.class, new Whole(-0x1p53, 0x1p53, number -> (long) number),
            Long.class, new Whole(-0x1p53, 0x1p53, number -> (long) number),
            short.class, new Whole(Short.MIN_VALUE, Short.MAX_VALUE, number -> (short) number),
            Short.class, new Whole(Short.MIN_VALUE, Short.MAX_VALUE, number -> (short) number),
            byte.class, new Whole(Byte.MIN_VALUE, Byte.MAX_VALUE, number -> (byte) number),
            Byte.class, new Whole(Byte.MIN_VALUE, Byte.MAX_VALUE, number -> (byte) number));

    /** A type of whole numbers and its range. */
    private record Whole(double least, double largest, DoubleFunction<Number> as) {}

    private NumberTypes() {}

    static boolean has(Class<?> type) {
        return EXACT.containsKey(type) || WHOLE.containsKey(type);
    }

    /** Throws if the type holds whole numbers and the number is not whole or out of range. */
    static Number as(double number, Class<?> type, String what) {
        Whole whole = WHOLE.get(type);
        if (whole == null) {
            return java.util.Objects.requireNonNull(EXACT.get(type)).apply(number);
        }
        if (number != Math.rint(number) || number < whole.least() || number > whole.largest()) {
            throw SdeException.of(
                    "E0401",
                    what + " is " + ValueText.number(number) + ", and not of the type " + type.getSimpleName(),
                    "ask for double.class, or round in the script");
        }
        return whole.as().apply(number);
    }
}
