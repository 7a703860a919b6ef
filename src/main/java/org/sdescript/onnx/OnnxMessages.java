package org.sdescript.onnx;

import java.util.List;
import java.util.Map;
import org.sdescript.graph.DType;

/** The messages of ONNX files with their field numbers (onnx/onnx.proto3 of ONNX 1.12). */
final class OnnxMessages {
    private static final int ATTRIBUTE_FLOAT = 1;
    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_STRING = 3;
    private static final int ATTRIBUTE_GRAPH = 5;
    private static final int ATTRIBUTE_INTS = 7;
    private static final int ATTRIBUTE_TYPE = 20;

    /** The field of a model that holds its graph. */
    private static final int MODEL_GRAPH = 7;

    private static final int MODEL_OPSET = 8;
    private static final int MODEL_METADATA = 14;

    private OnnxMessages() {}

    /** Returns the code of a dtype among tensors. */
    static int code(DType dtype) {
        return switch (dtype) {
            case FLOAT32 -> 1;
            case INT64 -> 7;
            case BOOL -> 9;
            case FLOAT64 -> 11;
        };
    }

    static ProtoMessage model(
            int irVersion, int opset, String version, ProtoMessage graph, Map<String, String> metadata) {
        ProtoMessage model = new ProtoMessage()
                .number(1, irVersion)
                .text(2, "sde")
                .text(3, version)
                .message(MODEL_GRAPH, graph)
                .message(MODEL_OPSET, new ProtoMessage().text(1, "").number(2, opset));
        metadata.forEach((key, value) ->
                model.message(MODEL_METADATA, new ProtoMessage().text(1, key).text(2, value)));
        return model;
    }

    /** Creates a graph; {@code types} are the types of values between inputs and outputs. */
    static ProtoMessage graph(
            String name,
            List<ProtoMessage> nodes,
            List<ProtoMessage> initializers,
            List<ProtoMessage> inputs,
            List<ProtoMessage> outputs,
            List<ProtoMessage> types) {
        ProtoMessage graph = new ProtoMessage();
        nodes.forEach(node -> graph.message(1, node));
        graph.text(2, name);
        initializers.forEach(tensor -> graph.message(5, tensor));
        inputs.forEach(input -> graph.message(11, input));
        outputs.forEach(output -> graph.message(12, output));
        types.forEach(type -> graph.message(13, type));
        return graph;
    }

    static ProtoMessage node(
            String operator, String name, List<String> inputs, List<String> outputs, List<OnnxAttribute> attributes) {
        ProtoMessage node = new ProtoMessage();
        inputs.forEach(input -> node.text(1, input));
        outputs.forEach(output -> node.text(2, output));
        node.text(3, name).text(4, operator);
        attributes.forEach(attribute -> node.message(5, attribute(attribute)));
        return node;
    }

    private static ProtoMessage attribute(OnnxAttribute attribute) {
        return switch (attribute) {
            case OnnxAttribute.Real(String name, float value) ->
                named(name, ATTRIBUTE_FLOAT).real(2, value);
            case OnnxAttribute.Whole(String name, long value) ->
                named(name, ATTRIBUTE_INT).number(3, value);
            case OnnxAttribute.Word(String name, String value) ->
                named(name, ATTRIBUTE_STRING).text(4, value);
            case OnnxAttribute.Branch(String name, ProtoMessage graph) ->
                named(name, ATTRIBUTE_GRAPH).message(6, graph);
            case OnnxAttribute.Wholes(String name, List<Long> values) -> {
                ProtoMessage message = named(name, ATTRIBUTE_INTS);
                values.forEach(value -> message.number(8, value));
                yield message;
            }
        };
    }

    private static ProtoMessage named(String name, int type) {
        return new ProtoMessage().text(1, name).number(ATTRIBUTE_TYPE, type);
    }

    static ProtoMessage tensor(Initializer tensor) {
        ProtoMessage message = new ProtoMessage();
        tensor.sizes().forEach(size -> message.number(1, size));
        return message.number(2, code(tensor.dtype())).text(8, tensor.name()).bytes(9, tensor.bytes());
    }

    /**
     * Creates the name and type of a value.
     *
     * @param sizes each axis as a message, see {@link OnnxSizes#axis}
     */
    static ProtoMessage value(String name, DType dtype, List<ProtoMessage> sizes) {
        ProtoMessage shape = new ProtoMessage();
        sizes.forEach(size -> shape.message(1, size));
        ProtoMessage tensor = new ProtoMessage().number(1, code(dtype)).message(2, shape);
        return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensor));
    }

    static ProtoMessage fixedAxis(long size) {
        return new ProtoMessage().number(1, size);
    }

    static ProtoMessage namedAxis(String name) {
        return new ProtoMessage().text(2, name);
    }
}
