package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.sdescript.backend.EagerKernel;
import org.sdescript.backend.Operand;
import org.sdescript.graph.Graph;

/**
 * A traced body, ready to run.
 *
 * @param result what the body returned, with traced values where results of the graph go
 */
record Kernel(
        Graph graph,
        EagerKernel program,
        List<Tracer.Source> sources,
        List<Tracer.Read> reads,
        List<Tracer.Decision> decisions,
        Value result,
        long evaluations) {

    /** Whether what the trace took for granted is still so. */
    boolean holds(List<Operand> arguments) {
        return reads.stream().allMatch(Tracer.Read::holds)
                && decisions.stream()
                        .allMatch(decision -> HostEvaluation.of(decision.node(), arguments) == decision.value());
    }

    Value run(Session session, Tensors tensors, List<Operand> arguments) {
        session.countEvaluations(evaluations);
        Iterator<Operand> outputs =
                program.run(inputs(arguments), session.random()).iterator();
        return Leaves.replaceTraced(result, traced -> tensors.result(outputs.next()));
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
}
