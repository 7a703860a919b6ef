package org.sdescript.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.sdescript.graph.DType;
import org.sdescript.graph.Graph;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;

/**
 * A model in the ONNX format. Samples and noise have the axis {@code batch} of any size. Random draws of the graph are
 * inputs: {@code noise} of independent standard normal numbers, {@code uniform} of numbers uniform in [0, 1).
 */
public final class OnnxModel {
    /** The first version of the operators that has LayerNormalization. */
    private static final int OPSET = 17;

    /** The version of the file format that came with this version of the operators. */
    private static final int IR_VERSION = 8;

    /** The most bytes that a message of Protocol Buffers holds. */
    private static final long MOST_BYTES = Integer.MAX_VALUE;

    private final OnnxProgram program;
    private final OnnxConstants constants = new OnnxConstants();
    private final Map<Draw, String> draws = new HashMap<>();
    private final List<ProtoMessage> inputs = new ArrayList<>();
    private final Map<Integer, String> arguments = new HashMap<>();

    /** The k-th draw of this kind on a way; ways share the inputs of their draws. */
    private record Draw(boolean isNormal, Type type, int ordinal) {}

    private OnnxModel(OnnxProgram program) {
        this.program = program;
    }

    /** Returns the node that no ONNX operator computes, if there is one. */
    public static Optional<Node> obstacle(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> node.operation() instanceof Operation.Foreign
                        || node.operation() instanceof Operation.ForeignGradient)
                .findFirst();
    }

    /** Returns true if the tensors fit into one file. */
    public static boolean fits(OnnxProgram program) {
        return program.ways().stream()
                        .flatMap(way -> way.tensors().values().stream())
                        .distinct()
                        .mapToLong(tensor -> tensor.bytes().length)
                        .sum()
                < MOST_BYTES / 2;
    }

    public static void write(OnnxProgram program, OutputStream out) throws IOException {
        ProtoMessage graph = new OnnxModel(program).graph();
        String version = OnnxModel.class.getPackage().getImplementationVersion();
        OnnxMessages.model(
                        IR_VERSION,
                        OPSET,
                        Objects.requireNonNullElse(version, "development"),
                        graph,
                        program.metadata())
                .write(out);
    }

    private ProtoMessage graph() {
        program.arguments().forEach(argument -> constants.reserve(argument.name()));
        program.results().forEach(constants::reserve);
        program.ways().forEach(way -> way.tensors().values().forEach(tensor -> constants.reserve(tensor.name())));
        OnnxNodes nodes = new OnnxNodes(constants);
        String samples = program.arguments().getFirst().name();
        String batch = nodes.add("Shape", List.of(samples), OnnxAttribute.of("start", 0), OnnxAttribute.of("end", 1));
        OnnxSizes sizes = new OnnxSizes(program.batch(), batch);
        for (int i = 0; i < program.arguments().size(); i++) {
            arguments.put(i, argument(i, nodes, sizes));
        }
        List<String> values = way(0, nodes, sizes);
        List<ProtoMessage> outputs = new ArrayList<>();
        Graph first = program.ways().getFirst().graph();
        for (int i = 0; i < values.size(); i++) {
            String name = program.results().get(i);
            nodes.append("Identity", List.of(values.get(i)), List.of(name), List.of());
            outputs.add(value(name, first.outputs().get(i).type(), sizes));
        }
        return nodes.graph(program.name(), constants.messages(), inputs, outputs);
    }

    private String argument(int index, OnnxNodes nodes, OnnxSizes sizes) {
        OnnxProgram.Argument argument = program.arguments().get(index);
        if (index == 0 || !argument.isPerSample(program.batch())) {
            inputs.add(value(argument.name(), argument.type(), sizes));
            return argument.name();
        }
        DType dtype = ((Type.TensorType) argument.type()).dtype();
        ProtoMessage axis = OnnxMessages.namedAxis("one_or_batch_of_" + argument.name());
        inputs.add(OnnxMessages.value(argument.name(), dtype, List.of(axis)));
        return nodes.add("Expand", List.of(argument.name(), sizes.batch()));
    }

    private static ProtoMessage value(String name, Type type, OnnxSizes sizes) {
        return switch (type) {
            case Type.Scalar number -> OnnxMessages.value(name, DType.FLOAT64, List.of());
            case Type.TensorType(DType dtype, Shape shape) -> OnnxMessages.value(name, dtype, sizes.axes(shape));
        };
    }

    /** Writes the ways from this one on; returns the names of the results. */
    private List<String> way(int index, OnnxNodes nodes, OnnxSizes sizes) {
        if (index == program.ways().size() - 1) {
            return written(program.ways().get(index), nodes, sizes);
        }
        String condition = condition(program.ways().get(index), nodes, sizes);
        OnnxNodes then = nodes.branch();
        ProtoMessage taken = branch(then, written(program.ways().get(index), then, sizes), sizes);
        OnnxNodes otherwise = nodes.branch();
        ProtoMessage other = branch(otherwise, way(index + 1, otherwise, sizes), sizes);
        List<String> results =
                program.results().stream().map(result -> constants.fresh()).toList();
        nodes.append(
                "If",
                List.of(condition),
                results,
                List.of(
                        new OnnxAttribute.Branch("then_branch", taken),
                        new OnnxAttribute.Branch("else_branch", other)));
        return results;
    }

    private ProtoMessage branch(OnnxNodes nodes, List<String> results, OnnxSizes sizes) {
        List<ProtoMessage> outputs = new ArrayList<>();
        Graph graph = program.ways().getFirst().graph();
        for (int i = 0; i < results.size(); i++) {
            String name = constants.fresh();
            nodes.append("Identity", List.of(results.get(i)), List.of(name), List.of());
            outputs.add(value(name, graph.outputs().get(i).type(), sizes));
        }
        return nodes.graph(constants.reserve("branch"), List.of(), List.of(), outputs);
    }

    private List<String> written(OnnxProgram.Way way, OnnxNodes nodes, OnnxSizes sizes) {
        OnnxBody body = body(way, nodes, sizes);
        way.graph().nodes().forEach(body::write);
        return way.graph().outputs().subList(0, program.results().size()).stream()
                .map(body::name)
                .toList();
    }

    /** Returns the truth of all conditions of a way. */
    private String condition(OnnxProgram.Way way, OnnxNodes nodes, OnnxSizes sizes) {
        OnnxBody body = body(way, nodes, sizes);
        return way.conditions().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(condition -> {
                    String holds = nodes.cast(body.name(way.graph().outputs().get(condition.getKey())), DType.BOOL);
                    return condition.getValue() ? holds : nodes.add("Not", List.of(holds));
                })
                .reduce((a, b) -> nodes.add("And", List.of(a, b)))
                .orElseThrow();
    }

    private OnnxBody body(OnnxProgram.Way way, OnnxNodes nodes, OnnxSizes sizes) {
        OnnxBody body = new OnnxBody(nodes, sizes);
        Map<Draw, Integer> counts = new HashMap<>();
        for (Node node : way.graph().nodes()) {
            switch (node.operation()) {
                case Operation.Input(int index, Type type) -> body.bind(node, input(way, index));
                case Operation.RandomNormal draw -> body.bind(node, draw(true, node.type(), counts, sizes));
                case Operation.RandomUniform draw -> body.bind(node, draw(false, node.type(), counts, sizes));
                default -> {}
            }
        }
        return body;
    }

    private String input(OnnxProgram.Way way, int index) {
        String argument = arguments.get(index);
        return argument != null
                ? argument
                : constants.tensor(Objects.requireNonNull(way.tensors().get(index)));
    }

    private String draw(boolean isNormal, Type type, Map<Draw, Integer> counts, OnnxSizes sizes) {
        int ordinal = counts.merge(new Draw(isNormal, type, 0), 1, Integer::sum);
        return draws.computeIfAbsent(new Draw(isNormal, type, ordinal), draw -> {
            String name = constants.reserve(isNormal ? "noise" : "uniform");
            inputs.add(value(name, type, sizes));
            return name;
        });
    }
}
