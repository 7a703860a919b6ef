package org.sdescript.torchscript;

import java.util.List;

/** How the size of an axis is written: as the number it is, or as what stands for it in batches of any size. */
@FunctionalInterface
interface Sizes {
    String expression(int axis, long size);

    /** Those of the first axis that are among these are the variables n0, n1, … */
    static Sizes passed(List<Long> passed) {
        return (axis, size) -> {
            int index = axis == 0 ? passed.indexOf(size) : -1;
            return index < 0 ? String.valueOf(size) : "n" + index;
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
