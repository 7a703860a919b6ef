package org.sdescript.graph;

/**
 * The motion of a kernel over an image, the same in both directions: it visits every {@code stride}-th position of an
 * image padded with {@code padding} zeros; its taps are {@code dilation} apart.
 */
public record Window(int stride, int padding, int dilation) {
    public Window {
        if (stride < 1 || padding < 0 || dilation < 1) {
            throw new IllegalArgumentException("stride " + stride + ", padding " + padding + ", dilation " + dilation);
        }
    }

    /** Returns the distance between the outermost taps. */
    long reach(long kernel) {
        return dilation * (kernel - 1);
    }

    /** Returns the number of positions of the kernel along an axis; less than 1 if it does not fit. */
    public long places(long size, long kernel) {
        return Math.floorDiv(size + 2L * padding - reach(kernel) - 1, stride) + 1;
    }

    /**
     * Returns the smallest axis with this many positions, plus {@code extra}: the output size of a transposed
     * convolution.
     */
    public long spread(long places, long kernel, int extra) {
        return (places - 1) * stride - 2L * padding + reach(kernel) + 1 + extra;
    }
}
