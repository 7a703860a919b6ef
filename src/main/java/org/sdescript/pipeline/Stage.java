package org.sdescript.pipeline;

import org.sdescript.backend.KernelCompiler;
import org.sdescript.backend.ParameterInputs;
import org.sdescript.graph.Graph;
import org.sdescript.graph.pass.Passes;

/** The intermediate forms of a script, named as users write them. */
public enum Stage {
    /** The syntax tree. */
    ast,
    /** The traced kernels. */
    graph,
    /** The kernels after each pass that precedes compilation. */
    passes,
    /** The TorchScript text of the kernels. */
    torchscript;

    /** Writes a kernel in this form. */
    public String form(Graph graph, ParameterInputs parameters) {
        return switch (this) {
            case ast -> throw new IllegalStateException("no kernels are run for the tree");
            case graph -> graph.dump();
            case passes -> afterEach(graph);
            case torchscript -> KernelCompiler.text(graph, parameters);
        };
    }

    private static String afterEach(Graph graph) {
        StringBuilder text = new StringBuilder(graph.dump());
        Graph result = graph;
        for (Passes.Pass pass : Passes.ALL) {
            result = pass.rewrite().apply(result);
            text.append("after ").append(pass.name()).append('\n').append(result.dump());
        }
        return text.toString();
    }
}
