package org.sdescript.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Conditions;
import org.sdescript.runtime.Sliceable;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;

/** {@code given}: reads and checks the conditions of samples. */
final class GivenConditions {
    private static final String CODE = "E0567";
    private static final String HELP =
            "each condition has a row for each sample: x is [n, …], and c is [n], [n, k] or [n, channels, height, width]";

    /** The names that a network's first variables have, and the one for the presence of conditions. */
    private static final List<String> TAKEN = List.of("x", "t", "label", "told");

    private final Call call;
    private final long samples;

    private GivenConditions(Call call, long samples) {
        this.call = call;
        this.samples = samples;
    }

    /** The body of {@code given}. */
    static Value given(Call call) {
        Value x = call.value("x");
        Value samples = x instanceof Sliceable ? x : call.tensor("x");
        Shape shape = call.tensors().shape(samples);
        if (shape.rank() < 2) {
            throw call.diagnostic(CODE, "samples of shape " + shape + " take no conditions")
                    .help(HELP)
                    .raise();
        }
        Conditions conditions = new GivenConditions(call, shape.size(0)).conditions(call.value("c"));
        return switch (samples) {
            case DataValue data -> data.given(conditions);
            case ConditionedRows data -> new ConditionedRows(data.samples(), conditions);
            case Sliceable data when data.isStored() -> new ConditionedRows(data, conditions);
            default -> DataValue.of(samples, Optional.empty()).given(conditions);
        };
    }

    private Conditions conditions(Value c) {
        if (!(c instanceof Value.RecordValue(var fields))) {
            return Conditions.unnamed(tensor(c, "the condition"));
        }
        Map<String, Value> named = new LinkedHashMap<>();
        fields.forEach((name, value) -> named.put(name, named(name, value)));
        if (named.isEmpty()) {
            throw call.diagnostic(CODE, "the record of conditions is empty")
                    .help("a field is a condition: `given(x, {age: a, picture: b})`")
                    .raise();
        }
        return new Conditions(named);
    }

    private Value named(String name, Value value) {
        if (TAKEN.contains(name)) {
            throw call.diagnostic(CODE, "a condition cannot be called `" + name + "`")
                    .help(
                            name.equals("label")
                                    ? "`labelled(x, y)` gives labels; data may have both: `given(labelled(x, y), c)`"
                                    : "networks know something else by this name: give the field another one")
                    .raise();
        }
        return tensor(value, "the condition `" + name + "`");
    }

    private Value tensor(Value value, String what) {
        if (!(value instanceof Value.ListValue) && !Tensors.isTensor(value)) {
            throw call.diagnostic(CODE, what + " is " + value.words())
                    .help(HELP)
                    .raise();
        }
        Value tensor = value instanceof Value.ListValue list
                ? call.tensorOf(list)
                : call.tensors().require(value, what, call.place("c"));
        Shape shape = call.tensors().shape(tensor);
        if (shape.rank() == 0 || shape.size(0) != samples) {
            throw call.diagnostic(CODE, what + " has the shape " + shape + ", and there are " + samples + " samples")
                    .help(HELP)
                    .raise();
        }
        return call.tensors().type(tensor) instanceof Type.TensorType(DType dtype, var its) && !dtype.isFloating()
                ? call.tensors().cast(tensor, DType.INT64, call.span())
                : tensor;
    }
}
