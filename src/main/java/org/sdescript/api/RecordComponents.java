package org.sdescript.api;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads and makes records of Java, also those that are private to their class. */
final class RecordComponents {
    private RecordComponents() {}

    static @Nullable Object value(RecordComponent component, Record record) {
        try {
            return opened(component.getAccessor()).invoke(record);
        } catch (ReflectiveOperationException failed) {
            throw refused(component.getDeclaringRecord(), failed);
        }
    }

    static Object make(Class<?> type, @Nullable Object[] values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = opened(type.getDeclaredConstructor(types));
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException failed) {
            throw refused(type, failed);
        }
    }

    private static <T extends AccessibleObject> T opened(T member) {
        member.setAccessible(true);
        return member;
    }

    /** Returns the error for a record whose own code throws, as a constructor that checks its arguments does. */
    private static SdeException refused(Class<?> type, ReflectiveOperationException failed) {
        Throwable cause =
                failed instanceof InvocationTargetException && failed.getCause() != null ? failed.getCause() : failed;
        SdeException refused = SdeException.of(
                "E0401", "the record " + type.getSimpleName() + " refuses its components: " + cause, "");
        refused.addSuppressed(cause);
        return refused;
    }
}
