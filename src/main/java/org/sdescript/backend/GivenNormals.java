package org.sdescript.backend;

import org.sdescript.graph.Shape;

/** Normal numbers that do not come from a generator: those of a run made elsewhere. */
@FunctionalInterface
public interface GivenNormals {
    /**
     * Fills the first elements of {@code out} with the next draw.
     *
     * @param first the number of the first sample in the batch
     */
    void next(Shape shape, long first, double[] out);
}
