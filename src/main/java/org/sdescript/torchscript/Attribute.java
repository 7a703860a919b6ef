package org.sdescript.torchscript;

import java.util.List;
import org.sdescript.graph.DType;

/**
 * A tensor of a module.
 *
 * @param name the name in Python
 * @param isParameter true for a parameter, false for a constant of the network, a buffer in PyTorch
 * @param bytes the elements, little-endian, the last axis fastest
 */
public record Attribute(String name, boolean isParameter, DType dtype, List<Long> sizes, byte[] bytes) {
    public Attribute {
        sizes = List.copyOf(sizes);
    }

    long elements() {
        return sizes.stream().reduce(1L, Math::multiplyExact);
    }
}
