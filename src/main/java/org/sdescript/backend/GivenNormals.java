package org.sdescript.backend;

import org.sdescript.graph.Shape;

/** Normal numbers from a run made elsewhere instead of from a generator. */
public interface GivenNormals {
    /**
     * Fills the first elements of {@code out} with the next draw.
     *
     * @param first index of the batch's first sample
     */
    void next(Shape shape, long first, double[] out);

    /** Returns given numbers that continue from the present draw. These numbers do not advance. */
    GivenNormals copy();
}
