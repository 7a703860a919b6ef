package org.sdescript.torchscript;

import java.util.List;
import java.util.Set;

/** Renders the size of an axis: as a number, or as an expression for batches of any size. */
@FunctionalInterface
interface AxisSizeText {
    String expression(int axis, long size);

    /**
     * Renders sizes of the first axis that may differ between calls as variables n0, n1, …
     *
     * @param passed receives the sizes in use, n0 first
     */
    static AxisSizeText passed(Set<Long> free, List<Long> passed) {
        return (axis, size) -> {
            if (axis != 0 || !free.contains(size)) {
                return String.valueOf(size);
            }
            if (!passed.contains(size)) {
                passed.add(size);
            }
            return "n" + passed.indexOf(size);
        };
    }

    /**
     * Renders multiples of the batch size, on any axis, as multiples of n0; the batch size must divide no other size.
     */
    static AxisSizeText multiplesOf(long batch) {
        return (axis, size) -> {
            if (size == 0 || size % batch != 0) {
                return String.valueOf(size);
            }
            return size == batch ? "n0" : "torch.mul(n0, " + size / batch + ")";
        };
    }
}
