package org.sdescript.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sdescript.graph.Footprint;
import org.sdescript.graph.Graph;
import org.sdescript.graph.HostProgram;
import org.sdescript.graph.Node;
import org.sdescript.graph.Type;
import org.sdescript.torchscript.ScriptMethod;

/** A graph ready to run as one TorchScript method: one call into native code. */
public final class ScriptKernel implements CompiledGraph {
    private static final int NO_SLOT = -1;

    private final Backend backend;
    private final @Nullable Parameters parameters;
    private final ScriptMethod script;
    private final LoadedModules.Module module;
    private final List<Type> inputTypes;
    private final Footprint footprint;
    private final ScriptArguments arguments;
    private final List<Node> outputs;
    private final int[] numberSlots;

    ScriptKernel(Backend backend, Graph traced, ParameterInputs inputs) {
        KernelCompiler.Compiled compiled = backend.compiler().kernel(traced, inputs);
        Graph graph = compiled.graph();
        this.backend = backend;
        this.parameters = inputs.count() == 0 ? null : inputs.owner();
        this.script = compiled.script();
        this.module = compiled.module();
        this.inputTypes = graph.inputs();
        this.footprint = Footprint.peak(graph);
        this.outputs = graph.outputs();
        HostProgram host = new HostProgram(Stream.concat(
                        script.numbers().stream().map(ScriptMethod.Number::node),
                        outputs.stream().filter(Node::isNumber))
                .toList());
        this.arguments = new ScriptArguments(backend, script, host);
        this.numberSlots = outputs.stream()
                .mapToInt(node -> node.isNumber() ? host.slot(node) : NO_SLOT)
                .toArray();
    }

    /** The TorchScript text of the kernel. */
    public String text() {
        return script.methods();
    }

    @Override
    public List<Operand> run(List<? extends Operand> inputs, RandomStream random) {
        EagerKernel.requireTypes(inputs, inputTypes);
        double[] numbers = arguments.numbers(inputs);
        long[] results = call(inputs, random, numbers);
        List<Operand> operands = new ArrayList<>(numberSlots.length);
        int next = 0;
        for (int i = 0; i < numberSlots.length; i++) {
            operands.add(
                    numberSlots[i] == NO_SLOT
                            ? backend.adopt(results[next++], (Type.TensorType)
                                    outputs.get(i).type())
                            : new Operand.Number(numbers[numberSlots[i]]));
        }
        return operands;
    }

    private long[] call(List<? extends Operand> inputs, RandomStream random, double[] numbers) {
        backend.expect(footprint);
        try (ScriptCall call = new ScriptCall(script)) {
            if (parameters != null) {
                call.with(parameters.argument());
            }
            arguments.add(call, inputs, random, numbers);
            return call.run(module);
        }
    }
}
