package org.sdescript.runtime.kernel;

import java.util.List;
import org.sdescript.backend.Backend;
import org.sdescript.backend.CompiledGraph;
import org.sdescript.backend.Operand;
import org.sdescript.backend.ParameterInputs;
import org.sdescript.backend.RandomStream;
import org.sdescript.graph.Graph;

/** A compiled graph whose runs the current tapes record. */
final class RunnableGraph {
    private final CompiledGraph compiled;
    private final GraphDerivatives derivatives;
    private final boolean draws;

    private RunnableGraph(Graph graph, CompiledGraph compiled) {
        this.compiled = compiled;
        this.derivatives = new GraphDerivatives(graph);
        this.draws = graph.nodes().stream().anyMatch(node -> !node.operation().isPure());
    }

    static RunnableGraph of(Graph graph, ParameterInputs parameters, Backend backend) {
        return new RunnableGraph(graph, backend.compile(graph, parameters));
    }

    /** Runs the graph. A graph without draws is recorded with the stream itself, since the stream is never read. */
    List<Operand> run(List<Operand> inputs, RandomStream random, Tapes tapes) {
        RandomStream before = draws && tapes.areRecording() ? random.copy() : random;
        List<Operand> outputs = compiled.run(inputs, random);
        tapes.ran(derivatives, inputs, outputs, before);
        return outputs;
    }
}
