package org.sdescript.graph;

/**
 * How a kernel moves over an image, the same in both directions: to every {@code stride}-th place of an image with
 * {@code padding} zeros around it, its taps {@code dilation} apart.
 */
public record Window(int stride, int padding, int dilation) {
    public Window {
        if (stride < 1 || padding < 0 || dilation < 1) {
            throw new IllegalArgumentException("stride " + stride + ", padding " + padding + ", dilation " + dilation);
        }
    }

    /** How far the outermost taps are apart. */
    long reach(long kernel) {
        return dilation * (kernel - 1);
    }

    /** At how many places the kernel fits along an axis; less than 1 where it does not. */
    public long places(long size, long kernel) {
        return Math.floorDiv(size + 2L * padding - reach(kernel) - 1, stride) + 1;
    }

    /** The smallest axis on which there are so many places, and {@code extra} more: what a transposed convolution gives. */
    public long spread(long places, long kernel, int extra) {
        return (places - 1) * stride - 2L * padding + reach(kernel) + 1 + extra;
    }
}
