package org.sdescript.runtime;

import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/** A law that samples can be drawn from. */
public interface Distribution extends Value.Extension {
    @Override
    default String kind() {
        return "a distribution";
    }

    /** Draws of a shape, whose first axis counts samples; of a system a record with such a tensor for each state. */
    Value sample(Shape shape, Tensors tensors, Span span);
}
