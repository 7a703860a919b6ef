package org.sdescript.runtime.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.backend.Operand;
import org.sdescript.backend.ParameterInputs;
import org.sdescript.backend.Parameters;
import org.sdescript.graph.Graph;
import org.sdescript.graph.HostProgram;
import org.sdescript.runtime.Value;

/**
 * The traced graph of a body.
 *
 * @param result the return value of the body; traced values stand for results of the graph
 * @param evaluations the number of score evaluations in each run
 */
record Trace(
        Graph graph,
        List<GraphTracer.Source> sources,
        List<GraphTracer.Read> reads,
        List<GraphTracer.Decision> decisions,
        Value result,
        long evaluations) {

    /** True if all names that the trace read and all its decisions are unchanged. */
    boolean holds(List<Operand> arguments) {
        for (GraphTracer.Read read : reads) {
            if (!read.holds()) {
                return false;
            }
        }
        for (GraphTracer.Decision decision : decisions) {
            if (HostProgram.value(decision.node(), index -> number(arguments, index)) != decision.value()) {
                return false;
            }
        }
        return true;
    }

    /** True once a captured tensor or parameter was freed: the kernel can never be called again. */
    boolean isOver() {
        return sources.stream().anyMatch(source -> switch (source) {
            case GraphTracer.Source.Argument argument -> false;
            case GraphTracer.Source.Captured(var tensor) -> tensor.isClosed();
            case GraphTracer.Source.Parameter(var parameters, String name) ->
                parameters.get(name).isClosed();
        });
    }

    private static double number(List<Operand> arguments, int index) {
        return ((Operand.Number) arguments.get(index)).value();
    }

    /** Returns the graph's inputs in order: leaves of the arguments, captured tensors and parameters. */
    List<Operand> inputs(List<Operand> arguments) {
        List<Operand> inputs = new ArrayList<>(sources.size());
        for (GraphTracer.Source source : sources) {
            inputs.add(
                    switch (source) {
                        case GraphTracer.Source.Argument(int leaf) -> arguments.get(leaf);
                        case GraphTracer.Source.Captured(var tensor) -> tensor;
                        case GraphTracer.Source.Parameter(var parameters, String name) -> parameters.get(name);
                    });
        }
        return inputs;
    }

    /**
     * Returns the inputs that are parameters of the first model in the trace; parameters of other models are plain
     * tensors.
     */
    ParameterInputs parameters() {
        return sources.stream()
                .filter(GraphTracer.Source.Parameter.class::isInstance)
                .map(source -> ((GraphTracer.Source.Parameter) source).parameters())
                .findFirst()
                .map(this::parameters)
                .orElse(ParameterInputs.NONE);
    }

    /** Returns the names of the inputs that are parameters of any model. */
    Map<Integer, String> names() {
        Map<Integer, String> names = new HashMap<>();
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i) instanceof GraphTracer.Source.Parameter(var its, String name)) {
                names.put(i, name);
            }
        }
        return names;
    }

    ParameterInputs parameters(Parameters owner) {
        Map<Integer, String> names = new HashMap<>();
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i) instanceof GraphTracer.Source.Parameter(Parameters its, String name) && its == owner) {
                names.put(i, name);
            }
        }
        return new ParameterInputs(owner, names);
    }
}
