package org.sdescript.torchscript;

import java.util.List;
import java.util.Set;

/** How the size of an axis is written: as the number it is, or as what stands for it in batches of any size. */
@FunctionalInterface
interface Sizes {
    String expression(int axis, long size);

    /**
     * Those of the first axis that may differ from call to call are the variables n0, n1, …
     *
     * @param passed to which those that are written are added, n0 first
     */
    static Sizes passed(Set<Long> free, List<Long> passed) {
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

    /** What is a multiple of the batch has grown from it, on whichever axis it is now; the batch is one that divides nothing else. */
    static Sizes multiplesOf(long batch) {
        return (axis, size) -> {
            if (size == 0 || size % batch != 0) {
                return String.valueOf(size);
            }
            return size == batch ? "n0" : "torch.mul(n0, " + size / batch + ")";
        };
    }
}
