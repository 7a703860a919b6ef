package org.sdescript.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sdescript.graph.DType;
import org.sdescript.interrupt.StopRequest;

/**
 * The nodes of one ONNX graph, in order. A node with the operator, inputs and attributes of an earlier one, here or in
 * the graph around this one, is not written again.
 */
final class OnnxNodes {
    private record Key(String operator, List<String> inputs, List<OnnxAttribute> attributes) {}

    private final OnnxConstants constants;
    private final @Nullable OnnxNodes outer;
    private final Map<Key, String> known = new HashMap<>();
    private final List<ProtoMessage> nodes = new ArrayList<>();
    private final List<ProtoMessage> types = new ArrayList<>();

    OnnxNodes(OnnxConstants constants) {
        this(constants, null);
    }

    private OnnxNodes(OnnxConstants constants, @Nullable OnnxNodes outer) {
        this.constants = constants;
        this.outer = outer;
    }

    /** Returns an empty graph within this one, which may read the values of this one. */
    OnnxNodes branch() {
        return new OnnxNodes(constants, this);
    }

    OnnxConstants constants() {
        return constants;
    }

    /** Returns the value of an operator with one output; an input that is left out is an empty name. */
    String add(String operator, List<String> inputs, OnnxAttribute... attributes) {
        Key key = new Key(operator, List.copyOf(inputs), List.of(attributes));
        String earlier = earlier(key);
        if (earlier != null) {
            return earlier;
        }
        String name = constants.fresh();
        append(operator, inputs, List.of(name), List.of(attributes));
        known.put(key, name);
        return name;
    }

    private @Nullable String earlier(Key key) {
        String own = known.get(key);
        return own != null || outer == null ? own : outer.earlier(key);
    }

    /** Appends a node with these outputs. */
    void append(String operator, List<String> inputs, List<String> outputs, List<OnnxAttribute> attributes) {
        StopRequest.poll();
        nodes.add(OnnxMessages.node(operator, outputs.getFirst(), inputs, outputs, attributes));
    }

    /** Returns the value in another dtype. */
    String cast(String value, DType dtype) {
        return add("Cast", List.of(value), OnnxAttribute.of("to", OnnxMessages.code(dtype)));
    }

    /** Records the type of a value, which tools show. */
    void describe(ProtoMessage type) {
        types.add(type);
    }

    /** Returns the graph of these nodes. */
    ProtoMessage graph(
            String name, List<ProtoMessage> initializers, List<ProtoMessage> inputs, List<ProtoMessage> outputs) {
        return OnnxMessages.graph(name, nodes, initializers, inputs, outputs, types);
    }
}
