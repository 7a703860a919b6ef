package org.sdescript.learn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sdescript.backend.Operand;
import org.sdescript.backend.Tensor;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.AtomicFile;
import org.sdescript.graph.DType;
import org.sdescript.graph.Graph;
import org.sdescript.graph.Shape;
import org.sdescript.graph.pass.Passes;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.Kernels;
import org.sdescript.torchscript.Archive;
import org.sdescript.torchscript.Attribute;
import org.sdescript.torchscript.ModuleSource;

/**
 * Exports a score to a file for Python's {@code torch.jit.load}: a module with {@code forward(x, t)}, or
 * {@code forward(x, t, label)} if the network takes labels and none are bound.
 */
final class Export {
    /**
     * Batch sizes for the trace. The first prime that divides no size of a sample is used, so that sizes that scale
     * with the batch can be recognised.
     */
    private static final long[] PRIMES = {997, 1009, 1013, 1019, 1021, 1031};

    private final Call call;
    private final Callable score;
    private final Shape sample;

    private Export(Call call) {
        this.call = call;
        this.score = call.callable("score");
        this.sample = call.given("shape")
                .map(shape -> call.shape("shape"))
                .or(score::sampleShape)
                .orElseThrow(() -> call.diagnostic("E0790", "export needs the shape of a sample")
                        .help("give it: `export(score, \"score.pt\", shape = [2])`")
                        .raise());
    }

    static Value of(Call call) {
        String name = call.text("file");
        ModelFiles.TORCHSCRIPT.refused(name, call.span()).ifPresent(refusal -> {
            throw refusal.raise();
        });
        Path path = call.session().folders().output(name);
        ModuleSource module = new Export(call).module();
        AtomicFile.write(path, out -> Archive.write(module, out));
        call.session().log().wrote(path);
        return Value.text(path.toString());
    }

    private ModuleSource module() {
        long batch = batch();
        Map<String, Value> arguments = new LinkedHashMap<>();
        List<Long> sizes = new ArrayList<>(List.of(batch));
        sizes.addAll(sample.sizes());
        arguments.put("x", zeros(new Shape(sizes), call.tensors().precision()));
        arguments.put("t", zeros(Shape.of(batch), call.tensors().precision()));
        further().forEach(name -> arguments.put(name, zeros(Shape.of(batch), DType.INT64)));
        List<Value> values = List.copyOf(arguments.values());
        Kernels.Traced traced = traced(List.copyOf(arguments.keySet()), values);
        Graph graph = Passes.optimise(traced.graph());
        ModuleSource.obstacle(graph).ifPresent(why -> {
            throw refused(why);
        });
        return module(graph, traced, arguments, batch);
    }

    private Kernels.Traced traced(List<String> names, List<Value> values) {
        return Kernels.of(call.interpreter()).prepare("export", values, given -> {
            Map<String, Value> named = new LinkedHashMap<>();
            IntStream.range(2, names.size()).forEach(i -> named.put(names.get(i), given.get(i)));
            Value result = call.interpreter()
                    .call(score, new Arguments(List.of(given.get(0), given.get(1)), named, call.span()));
            if (!(result instanceof Value.TracedValue tensor) || tensor.node().isNumber()) {
                throw refused("of (x, t) it gives " + result.words() + " and not a tensor");
            }
            return result;
        });
    }

    private ModuleSource module(Graph graph, Kernels.Traced traced, Map<String, Value> arguments, long batch) {
        List<Operand> inputs = traced.inputs().apply(List.copyOf(arguments.values()));
        Map<Integer, String> given = new HashMap<>();
        Map<Integer, Attribute> tensors = new HashMap<>();
        Set<String> taken = new HashSet<>(Set.of("training", "forward"));
        for (int i = 0; i < inputs.size(); i++) {
            Operand input = inputs.get(i);
            String argument = nameOf(input, arguments);
            if (argument != null) {
                given.put(i, argument);
            } else if (input instanceof Tensor tensor) {
                boolean isParameter = traced.names().containsKey(i);
                String name = free(traced.names().getOrDefault(i, "tensor").replace('.', '_'), taken);
                tensors.put(
                        i,
                        new Attribute(
                                name,
                                isParameter,
                                tensor.dtype(),
                                tensor.shape().sizes(),
                                tensor.toBytes()));
            }
        }
        return ModuleSource.of(graph, given, tensors, batch);
    }

    /** Returns the name of the argument that is this input, or null. */
    private static @Nullable String nameOf(Operand input, Map<String, Value> arguments) {
        return arguments.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Value.TensorValue(Tensor tensor) && tensor == input)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private static String free(String name, Set<String> taken) {
        String free = name;
        for (int k = 2; !taken.add(free); k++) {
            free = name + "_" + k;
        }
        return free;
    }

    /** Returns the unbound variables of the network after x and t. */
    private List<String> further() {
        return switch (score) {
            case ModelValue model -> model.open(Set.of());
            case ConditionedModel given ->
                given.model().open(given.configuration().keySet());
            default -> List.of();
        };
    }

    private long batch() {
        for (long prime : PRIMES) {
            if (sample.sizes().stream().noneMatch(size -> size % prime == 0)) {
                return prime;
            }
        }
        throw refused("its samples are of shape " + sample);
    }

    private Value zeros(Shape shape, DType dtype) {
        return call.tensors().literal(dtype, shape, new double[Math.toIntExact(shape.elements())], call.span());
    }

    private SdeError refused(String why) {
        return call.diagnostic("E0792", score.show() + " cannot be exported: " + why)
                .help("an exported score is a tensor computed from x and t, the same at each call")
                .raise();
    }
}
