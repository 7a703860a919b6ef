package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sdescript.graph.Node;
import org.sdescript.interrupt.StopRequest;

/** The tensors and numbers inside lists and records, in a fixed order. */
public final class TensorLeaves {
    private TensorLeaves() {}

    /** Rebuilds a value with every tensor and number replaced. */
    public static Value replace(Value value, Function<Value, Value> leaf) {
        return switch (value) {
            case Value.Num number -> leaf.apply(number);
            case Value.TensorLike tensor -> leaf.apply(tensor);
            case TensorSource source -> leaf.apply(source.tensor());
            case Value.ListValue(var elements) ->
                new Value.ListValue(
                        elements.stream().map(element -> replace(element, leaf)).toList());
            case Value.RecordValue(var fields) -> {
                Map<String, Value> replaced = new LinkedHashMap<>();
                fields.forEach((name, field) -> replaced.put(name, replace(field, leaf)));
                yield new Value.RecordValue(replaced);
            }
            default -> value;
        };
    }

    public static Value replaceTraced(Value value, Function<Value.TracedValue, Value> leaf) {
        return replace(value, each -> each instanceof Value.TracedValue traced ? leaf.apply(traced) : each);
    }

    /** Returns all leaves. */
    public static List<Value> of(Value value) {
        List<Value> leaves = new ArrayList<>();
        replace(value, leaf -> {
            leaves.add(leaf);
            return leaf;
        });
        return leaves;
    }

    public static List<Node> traced(Value value) {
        List<Node> nodes = new ArrayList<>();
        replaceTraced(value, traced -> {
            nodes.add(traced.node());
            return traced;
        });
        return nodes;
    }

    static boolean anyTensor(Value value) {
        return switch (value) {
            case Value.TensorLike tensor -> true;
            case TensorSource source -> true;
            case Value.ListValue(var elements) -> anyTensor(elements);
            case Value.RecordValue(var fields) -> anyTensor(fields.values());
            default -> false;
        };
    }

    public static boolean anyTensor(Collection<Value> values) {
        for (Value value : values) {
            StopRequest.poll();
            if (anyTensor(value)) {
                return true;
            }
        }
        return false;
    }
}
