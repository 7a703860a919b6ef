package org.sdescript.runtime.kernel;

import org.sdescript.graph.Shape;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/** Supplies parameters to the layers of a network during its trace. */
public interface ParameterSource {

    /**
     * Returns a parameter of the innermost entered part.
     *
     * @param path the full name, such as {@code mlp.dense_2.weight}
     */
    Value parameter(String path, Shape shape, InitialValues initial, Span span);

    /** True in the trace of a loss; dropout is active only then. */
    boolean isTraining();

    /** Called at the start of a layer or an inner network. */
    default void enter(String name) {}

    /** Called with the result of the innermost entered part. */
    default void leave(Value result) {}
}
