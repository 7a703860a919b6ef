package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.backend.Operand;
import org.sdescript.backend.ParameterInputs;
import org.sdescript.backend.Parameters;
import org.sdescript.graph.Graph;
import org.sdescript.graph.HostProgram;

/**
 * What tracing a body has found.
 *
 * @param result what the body returned, with traced values where results of the graph go
 * @param evaluations of the score at each run
 */
record Trace(
        Graph graph,
        List<Tracer.Source> sources,
        List<Tracer.Read> reads,
        List<Tracer.Decision> decisions,
        Value result,
        long evaluations) {

    /** Whether what was taken for granted is still so. */
    boolean holds(List<Operand> arguments) {
        for (Tracer.Read read : reads) {
            if (!read.holds()) {
                return false;
            }
        }
        for (Tracer.Decision decision : decisions) {
            if (HostProgram.value(decision.node(), index -> number(arguments, index)) != decision.value()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a tensor or a model that it needs was freed, since no name led to it any more: then none can ask for it again. */
    boolean isOver() {
        return sources.stream().anyMatch(source -> switch (source) {
            case Tracer.Source.Argument argument -> false;
            case Tracer.Source.Captured(var tensor) -> tensor.isClosed();
            case Tracer.Source.Parameter(var parameters, String name) ->
                parameters.get(name).isClosed();
        });
    }

    private static double number(List<Operand> arguments, int index) {
        return ((Operand.Number) arguments.get(index)).value();
    }

    /** The graph's inputs: the arguments' leaves, captured tensors and parameters, each in its place. */
    List<Operand> inputs(List<Operand> arguments) {
        List<Operand> inputs = new ArrayList<>(sources.size());
        for (Tracer.Source source : sources) {
            inputs.add(
                    switch (source) {
                        case Tracer.Source.Argument(int leaf) -> arguments.get(leaf);
                        case Tracer.Source.Captured(var tensor) -> tensor;
                        case Tracer.Source.Parameter(var parameters, String name) -> parameters.get(name);
                    });
        }
        return inputs;
    }

    /** The inputs that are parameters of the first model met; of others they are tensors like any. */
    ParameterInputs parameters() {
        return sources.stream()
                .filter(Tracer.Source.Parameter.class::isInstance)
                .map(source -> ((Tracer.Source.Parameter) source).parameters())
                .findFirst()
                .map(this::parameters)
                .orElse(ParameterInputs.NONE);
    }

    /** The names of the inputs that are parameters, of whatever model. */
    Map<Integer, String> names() {
        Map<Integer, String> names = new HashMap<>();
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i) instanceof Tracer.Source.Parameter(var its, String name)) {
                names.put(i, name);
            }
        }
        return names;
    }

    ParameterInputs parameters(Parameters owner) {
        Map<Integer, String> names = new HashMap<>();
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i) instanceof Tracer.Source.Parameter(Parameters its, String name) && its == owner) {
                names.put(i, name);
            }
        }
        return new ParameterInputs(owner, names);
    }
}
