package org.sdescript.script;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.sdescript.api.NdArray;
import org.sdescript.api.SdeFunction;

/** Implements the methods of an interface by functions of a script with the same names. */
final class Interfaces {
    private Interfaces() {}

    /** Finds the function for a method's name. */
    @FunctionalInterface
    interface Callees {
        SdeFunction of(String name) throws NoSuchMethodException;
    }

    /** An object of the type, or null if a function is missing. */
    static <T> @Nullable T of(Class<T> type, SdeScriptEngine engine, Callees callees) {
        if (!type.isInterface()) {
            throw new IllegalArgumentException(type.getName() + " is not an interface");
        }
        for (Method method : type.getMethods()) {
            if (Modifier.isAbstract(method.getModifiers()) && !has(callees, method.getName())) {
                return null;
            }
        }
        InvocationHandler handler = (proxy, method, given) -> {
            Object[] arguments = given == null ? new Object[0] : given;
            if (method.getDeclaringClass() == Object.class) {
                return ofObject(proxy, type, method, arguments);
            }
            if (method.isDefault()) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            return as(method.getReturnType(), engine.invoke(callees.of(method.getName()), arguments));
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static boolean has(Callees callees, String name) {
        try {
            callees.of(name);
            return true;
        } catch (NoSuchMethodException lacking) {
            return false;
        }
    }

    private static Object ofObject(Object proxy, Class<?> type, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> type.getSimpleName() + " by a script";
        };
    }

    /** Converts the result of a function to the method's return type. */
    private static @Nullable Object as(Class<?> wanted, Object value) {
        if (wanted == void.class) {
            return null;
        }
        return switch (value) {
            case NdArray array when wanted == double[].class -> array.doubles();
            case NdArray array when wanted == float[].class -> array.floats();
            case NdArray array when wanted == double[][].class -> array.rows();
            case NdArray array when array.shape().length == 0 -> number(wanted, array.at());
            case Double number -> number(wanted, number);
            case null -> null;
            default -> value;
        };
    }

    /** Converts a number; throws if the return type is integral and the number is not whole. */
    private static Object number(Class<?> wanted, double value) {
        if (wanted == int.class || wanted == Integer.class) {
            return Math.toIntExact(whole(value));
        }
        if (wanted == long.class || wanted == Long.class) {
            return whole(value);
        }
        if (wanted == float.class || wanted == Float.class) {
            return (float) value;
        }
        return value;
    }

    private static long whole(double value) {
        if (value != Math.rint(value)) {
            throw new ClassCastException("the script returned " + value + ", which is not a whole number");
        }
        return (long) value;
    }
}
