package org.sdescript.learn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.sdescript.backend.Operand;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.Graph;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Type;
import org.sdescript.graph.pass.Passes;
import org.sdescript.onnx.Initializer;
import org.sdescript.onnx.OnnxModel;
import org.sdescript.onnx.OnnxProgram;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.Kernels;
import org.sdescript.runtime.kernel.TracedWay;

/** An exported function as an ONNX program. Tensors that several ways of the function read are stored once. */
final class OnnxExport {
    /** The inputs for random numbers, which a program finds by their names. */
    private static final Set<String> DRAWS = Set.of("noise", "uniform");

    private final ExportedFunction function;
    private final ExportRefusal refusal;
    private final Map<Tensor, Initializer> known = new IdentityHashMap<>();
    private final Set<String> taken;

    private OnnxExport(ExportedFunction function, ExportRefusal refusal) {
        this.function = function;
        this.refusal = refusal;
        this.taken = new HashSet<>(DRAWS);
        function.arguments().keySet().forEach(name -> take(name, "an input and the random numbers"));
        function.results().forEach(name -> take(name, "two of its inputs and results"));
    }

    private void take(String name, String parts) {
        if (!taken.add(name)) {
            throw refusal.named(name, parts);
        }
    }

    static OnnxProgram of(
            ExportedFunction function, Kernels kernels, ExportRefusal refusal, Map<String, String> metadata) {
        return new OnnxExport(function, refusal).program(kernels, metadata);
    }

    private OnnxProgram program(Kernels kernels, Map<String, String> metadata) {
        List<Value> values = List.copyOf(function.arguments().values());
        List<TracedWay> ways = kernels.ways("export", values, function.body(), refusal);
        requireSameTypes(ways);
        List<OnnxProgram.Argument> arguments = new ArrayList<>();
        List<Type> types = ways.getFirst().traced().graph().inputs();
        List<String> names = List.copyOf(function.arguments().keySet());
        IntStream.range(0, names.size())
                .forEach(i -> arguments.add(new OnnxProgram.Argument(names.get(i), types.get(i))));
        OnnxProgram program = new OnnxProgram(
                "sde",
                arguments,
                function.results(),
                ways.stream().map(way -> way(way, values)).toList(),
                function.batch(),
                metadata);
        if (!OnnxModel.fits(program)) {
            throw refusal.because("its parameters take more than the 2 GiB that an ONNX file holds");
        }
        return program;
    }

    /** Throws if the ways of the function give results of different types. */
    private void requireSameTypes(List<TracedWay> ways) {
        int count = function.results().size();
        List<List<Type>> types = ways.stream()
                .map(way -> way.traced().graph().outputs().subList(0, count).stream()
                        .map(Node::type)
                        .toList())
                .distinct()
                .toList();
        if (types.size() > 1) {
            throw refusal.because("its branches give " + types.get(0) + " and " + types.get(1));
        }
    }

    private OnnxProgram.Way way(TracedWay way, List<Value> values) {
        Graph graph = Passes.optimise(way.traced().graph());
        OnnxModel.obstacle(graph).ifPresent(node -> {
            throw refusal.at(node, "it has a part that was imported from " + origin(node.operation()));
        });
        List<Operand> inputs = way.traced().inputs().apply(values);
        Map<Integer, Initializer> tensors = new HashMap<>();
        for (int i = values.size(); i < inputs.size(); i++) {
            if (inputs.get(i) instanceof Tensor tensor) {
                String name = way.traced().names().getOrDefault(i, "tensor");
                tensors.put(i, known.computeIfAbsent(tensor, its -> initializer(name, its)));
            }
        }
        return new OnnxProgram.Way(graph, tensors, way.conditions());
    }

    private static String origin(Operation operation) {
        return switch (operation) {
            case Operation.Foreign(var function) -> function.origin();
            case Operation.ForeignGradient(var function) -> function.origin();
            default -> operation.words();
        };
    }

    private Initializer initializer(String name, Tensor tensor) {
        String free = name;
        for (int k = 2; !taken.add(free); k++) {
            free = name + "_" + k;
        }
        return new Initializer(free, tensor.dtype(), tensor.shape().sizes(), tensor.toBytes());
    }
}
