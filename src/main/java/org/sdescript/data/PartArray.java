package org.sdescript.data;

import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;

/**
 * One array of every part of a result.
 *
 * @param name {@code x}, or a state of a system
 * @param type single or double precision
 * @param sample the shape of one sample, without the axis of the samples
 */
record PartArray(String name, DType type, Shape sample) {
    /** Returns the shape of so many samples. */
    Shape shape(long samples) {
        return sample.prepended(samples);
    }

    /** The bytes of one sample. */
    long width() {
        return Math.multiplyExact(sample.elements(), type.bytes());
    }
}
