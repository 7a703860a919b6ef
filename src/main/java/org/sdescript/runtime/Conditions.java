package org.sdescript.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.sdescript.graph.Shape;

/**
 * The conditions of the samples of a data set: one without a name, or several by name. Each is a tensor [n, …] with a
 * number, a vector or an image for each sample.
 *
 * @param tensors the conditions by name, in the order of the script; a condition without a name has the name ""
 */
public record Conditions(Map<String, Value> tensors) {
    public static final Conditions NONE = new Conditions(Map.of());
    private static final String UNNAMED = "";

    public Conditions {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    public static Conditions unnamed(Value tensor) {
        return new Conditions(Map.of(UNNAMED, tensor));
    }

    public boolean isEmpty() {
        return tensors.isEmpty();
    }

    /** True for one condition without a name. */
    public boolean isUnnamed() {
        return tensors.containsKey(UNNAMED);
    }

    /** Returns the condition without a name, or a record of the others; {@code none} without conditions. */
    public Value value() {
        if (isEmpty()) {
            return Value.None.NONE;
        }
        return isUnnamed() ? tensors.values().iterator().next() : new Value.RecordValue(tensors);
    }

    /** Returns the conditions with each tensor replaced, for example by some of its rows. */
    public Conditions each(UnaryOperator<Value> change) {
        Map<String, Value> changed = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> changed.put(name, change.apply(tensor)));
        return new Conditions(changed);
    }

    public List<Value> children() {
        return List.copyOf(tensors.values());
    }

    /** Returns {@code a condition [64, 3]}, or {@code conditions age [64], picture [64, 1, 8, 8]}. */
    public String words(Function<Value, Shape> shape) {
        if (isUnnamed()) {
            return "a condition " + shape.apply(value());
        }
        return "conditions "
                + tensors.entrySet().stream()
                        .map(each -> each.getKey() + " " + shape.apply(each.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
