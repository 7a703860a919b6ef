package org.sdescript.learn;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sdescript.backend.Operand;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.Graph;
import org.sdescript.graph.Node;
import org.sdescript.graph.pass.Passes;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.Kernels;
import org.sdescript.torchscript.Attribute;
import org.sdescript.torchscript.ModuleSource;

/** An exported function as a TorchScript module with the method {@code forward}. */
final class TorchScriptExport {
    private final ExportedFunction function;
    private final Kernels.Traced traced;
    private final Set<String> taken = new HashSet<>(Set.of("training", "forward"));

    private TorchScriptExport(ExportedFunction function, Kernels.Traced traced) {
        this.function = function;
        this.traced = traced;
    }

    static ModuleSource of(ExportedFunction function, Kernels kernels, ExportRefusal refusal) {
        if (function.results().size() > 1) {
            throw refusal.because("it has several states; a file of ending .onnx takes a tensor for each");
        }
        Kernels.Traced traced =
                kernels.prepare("export", List.copyOf(function.arguments().values()), function.body());
        Graph graph = Passes.optimise(traced.graph());
        for (Node node : graph.nodes()) {
            ModuleSource.obstacle(node.operation()).ifPresent(why -> {
                throw refusal.at(node, why);
            });
        }
        return new TorchScriptExport(function, traced).module(graph);
    }

    private ModuleSource module(Graph graph) {
        List<String> names = List.copyOf(function.arguments().keySet());
        List<Value> values = List.copyOf(function.arguments().values());
        List<Operand> inputs = traced.inputs().apply(values);
        Map<Integer, String> given = new HashMap<>();
        Map<Integer, Attribute> tensors = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            if (i < names.size()) {
                given.put(i, names.get(i));
            } else if (inputs.get(i) instanceof Tensor tensor) {
                tensors.put(i, attribute(i, tensor));
            }
        }
        return ModuleSource.of(graph, given, tensors, function.batch());
    }

    private Attribute attribute(int index, Tensor tensor) {
        String name = free(traced.names().getOrDefault(index, "tensor").replace('.', '_'));
        boolean isParameter = traced.names().containsKey(index);
        return new Attribute(name, isParameter, tensor.dtype(), tensor.shape().sizes(), tensor.toBytes());
    }

    private String free(String name) {
        String free = name;
        for (int k = 2; !taken.add(free); k++) {
            free = name + "_" + k;
        }
        return free;
    }
}
