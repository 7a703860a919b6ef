package org.sdescript.torchscript;

import java.util.List;
import org.sdescript.graph.DType;

/**
 * A tensor that a module has.
 *
 * @param name as Python spells names
 * @param isParameter rather than a constant of the network, which PyTorch calls a buffer
 * @param bytes its elements, little-endian, the last axis fastest
 */
public record Attribute(String name, boolean isParameter, DType dtype, List<Long> sizes, byte[] bytes) {
    public Attribute {
        sizes = List.copyOf(sizes);
    }

    long elements() {
        return sizes.stream().reduce(1L, Math::multiplyExact);
    }
}
