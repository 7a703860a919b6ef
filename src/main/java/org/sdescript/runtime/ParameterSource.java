package org.sdescript.runtime;

import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/** Where the layers of a network that is being traced have their parameters from. */
public interface ParameterSource {

    /**
     * A parameter of the part of the network that was entered last.
     *
     * @param path its full name, such as {@code mlp.dense_2.weight}
     */
    Value parameter(String path, Shape shape, Initial initial, Span span);

    /** Whether the trace is that of a loss: dropout drops only then. */
    boolean isTraining();

    /** A layer or an inner network begins. */
    default void enter(String name) {}

    /** The part that was entered last has given its result. */
    default void leave(Value result) {}
}
