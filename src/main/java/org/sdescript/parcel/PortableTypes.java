package org.sdescript.parcel;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The classes whose objects a parcel may hold as the arguments of their constructor: the records and enums of the
 * packages of mathematics and values, and a few classes of the same kind. A parcel from elsewhere can make such objects
 * and no others; none of their constructors does more than hold its arguments.
 */
final class PortableTypes {
    private static final String ROOT = "org.sdescript.";

    private static final Set<String> PACKAGES = Set.of(
            "algebra",
            "process",
            "graph",
            "diagnostic",
            "runtime",
            "runtime.process",
            "learn",
            "data",
            "data.csv",
            "data.image");

    /** Classes that are no records, and whose constructor takes fields by their names. */
    private static final Set<String> CLASSES = Set.of(
            "algebra.Interpolant",
            "runtime.FormulaFunction",
            "runtime.process.MixtureValue",
            "runtime.process.ProcessValue",
            "runtime.process.ChainValue",
            "runtime.process.Marginals",
            "learn.ModelValue");

    /** The work of a sweep. */
    private static final String SWEEP_RUN = "pipeline.SweepRun";

    /** Records with a part that acts: their objects stay where they are. */
    private static final Set<String> STAYING = Set.of("runtime.ErrorValue", "runtime.process.ExplanationValue");

    private static final Map<String, PortableTypes> KNOWN = new ConcurrentHashMap<>();

    private final Constructor<?> constructor;
    private final List<Field> fields;

    private PortableTypes(Constructor<?> constructor, List<Field> fields) {
        this.constructor = constructor;
        this.fields = fields;
        constructor.setAccessible(true);
        fields.forEach(field -> field.setAccessible(true));
    }

    /** The name of an allowed class within the project; empty for all others. */
    static Optional<String> nameOf(Class<?> type) {
        return Optional.of(type.getName())
                .filter(name -> name.startsWith(ROOT))
                .map(name -> name.substring(ROOT.length()))
                .filter(name -> isAllowed(name, type));
    }

    private static boolean isAllowed(String name, Class<?> type) {
        int dot = name.lastIndexOf('.');
        return dot > 0
                && (PACKAGES.contains(name.substring(0, dot)) || name.equals(SWEEP_RUN))
                && !STAYING.contains(name)
                && (type.isRecord() || type.isEnum() || CLASSES.contains(name));
    }

    /** The allowed class of a name. */
    static Class<?> named(String name) {
        try {
            Class<?> type = Class.forName(ROOT + name, false, PortableTypes.class.getClassLoader());
            if (isAllowed(name, type)) {
                return type;
            }
        } catch (ClassNotFoundException | LinkageError unknown) {
            throw new Malformed("there is no type " + name, unknown);
        }
        throw new Malformed("the type " + name + " is not one that a parcel may hold");
    }

    static PortableTypes of(Class<?> type) {
        return KNOWN.computeIfAbsent(type.getName(), name -> type.isRecord() ? ofRecord(type) : ofClass(type));
    }

    private static PortableTypes ofRecord(Class<?> type) {
        List<Field> fields = Arrays.stream(type.getRecordComponents())
                .map(component -> field(type, component.getName()).orElseThrow())
                .toList();
        try {
            return new PortableTypes(
                    type.getDeclaredConstructor(
                            fields.stream().map(Field::getType).toArray(Class<?>[]::new)),
                    fields);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes the constructor with the most parameters of those whose parameters are all fields. */
    private static PortableTypes ofClass(Class<?> type) {
        return Stream.of(type.getDeclaredConstructors())
                .sorted(Comparator.comparing(Constructor::getParameterCount, Comparator.reverseOrder()))
                .filter(each -> Arrays.stream(each.getParameters()).allMatch(parameter -> isField(type, parameter)))
                .findFirst()
                .map(each -> new PortableTypes(
                        each,
                        Arrays.stream(each.getParameters())
                                .map(parameter ->
                                        field(type, parameter.getName()).orElseThrow())
                                .toList()))
                .orElseThrow(() -> new IllegalStateException("no constructor of " + type + " takes its fields"));
    }

    private static boolean isField(Class<?> type, Parameter parameter) {
        return field(type, parameter.getName())
                .filter(field -> field.getType().equals(parameter.getType()))
                .isPresent();
    }

    private static Optional<Field> field(Class<?> type, String name) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> field.getName().equals(name))
                .findFirst();
    }

    int size() {
        return fields.size();
    }

    Class<?> type(int part) {
        return fields.get(part).getType();
    }

    Object part(Object of, int index) {
        try {
            return fields.get(index).get(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    Object made(Object[] parts) {
        try {
            return constructor.newInstance(parts);
        } catch (InvocationTargetException
                | InstantiationException
                | IllegalAccessException
                | IllegalArgumentException e) {
            throw new Malformed(
                    "the parts of " + constructor.getDeclaringClass().getSimpleName() + " do not fit", e);
        }
    }
}
