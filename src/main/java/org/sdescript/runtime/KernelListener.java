package org.sdescript.runtime;

import org.sdescript.backend.ParameterInputs;
import org.sdescript.graph.Graph;

/** Is told of every kernel when it is traced. */
@FunctionalInterface
public interface KernelListener {
    /** @param name of the callable whose body it is, as it is configured */
    void traced(String name, Graph graph, ParameterInputs parameters);
}
