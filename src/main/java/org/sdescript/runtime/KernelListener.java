package org.sdescript.runtime;

import org.sdescript.backend.ParameterInputs;
import org.sdescript.graph.Graph;

/** Receives every newly traced kernel. */
@FunctionalInterface
public interface KernelListener {
    /** @param name the callable and its configuration, as source text */
    void traced(String name, Graph graph, ParameterInputs parameters);
}
