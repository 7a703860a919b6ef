package org.sdescript.backend;

import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sdescript.graph.Window;

/**
 * Convolutions, normalisations and attention in calls of the engine, composed from other calls where the engine's
 * interface lacks them.
 */
final class LayerLowering {
    private static final int HEIGHT = 2;
    private static final int WIDTH = 3;
    private static final Shape ONE = square(1);
    private static final Shape NONE = square(0);

    private LayerLowering() {}

    private static Shape square(long size) {
        return new Shape(size, size);
    }

    static PtNDArray softmax(PtNDArray x, int axis) {
        return JniUtils.softmax(x, axis, x.getDataType());
    }

    /** @param xs images, kernel and, optionally, bias */
    static PtNDArray conv2d(PtNDArray[] xs, Window window) {
        return JniUtils.convolution(
                xs[0],
                xs[1],
                bias(xs),
                square(window.stride()),
                square(window.padding()),
                square(window.dilation()),
                1);
    }

    /** Returns the bias, or null if there is none. */
    private static @Nullable PtNDArray bias(PtNDArray[] xs) {
        return xs.length > 2 ? xs[2] : null;
    }

    /**
     * A convolution with the mirrored kernel over an image whose pixels stand {@code stride} apart, with zeros between.
     */
    static PtNDArray convTranspose2d(PtNDArray[] xs, Window window, int bottom, int right) {
        long height = (long) window.dilation() * (xs[1].getShape().get(HEIGHT) - 1) - window.padding();
        long width = (long) window.dilation() * (xs[1].getShape().get(WIDTH) - 1) - window.padding();
        long between = window.stride() - 1L;
        long[] frame = {width, width + right - between, height, height + bottom - between};
        try (PtNDArray spread = spread(xs[0], window.stride());
                PtNDArray framed = JniUtils.pad(spread, frame, 0);
                PtNDArray exchanged = JniUtils.permute(xs[1], new long[] {1, 0, HEIGHT, WIDTH});
                PtNDArray kernel = JniUtils.flip(exchanged, new long[] {HEIGHT, WIDTH})) {
            return JniUtils.convolution(framed, kernel, bias(xs), ONE, NONE, square(window.dilation()), 1);
        }
    }

    /** Places each pixel in the corner of a block of zeros. */
    private static PtNDArray spread(PtNDArray x, int stride) {
        Shape shape = x.getShape();
        try (PtNDArray apart = JniUtils.reshape(x, blocks(shape, 1));
                PtNDArray padded = JniUtils.pad(apart, new long[] {0, stride - 1, 0, 0, 0, stride - 1}, 0)) {
            return JniUtils.reshape(padded, enlarged(shape, stride));
        }
    }

    static PtNDArray upsample2d(PtNDArray x, int factor) {
        Shape shape = x.getShape();
        try (PtNDArray apart = JniUtils.reshape(x, blocks(shape, 1));
                PtNDArray repeated = JniUtils.broadcast(apart, new Shape(blocks(shape, factor)))) {
            return JniUtils.reshape(repeated, enlarged(shape, factor));
        }
    }

    private static long[] blocks(Shape shape, long size) {
        return new long[] {shape.get(0), shape.get(1), shape.get(HEIGHT), size, shape.get(WIDTH), size};
    }

    private static long[] enlarged(Shape shape, long factor) {
        return new long[] {shape.get(0), shape.get(1), shape.get(HEIGHT) * factor, shape.get(WIDTH) * factor};
    }

    static PtNDArray avgPool2d(PtNDArray x, int size) {
        return JniUtils.avgPool(x, square(size), square(size), NONE, false, true);
    }

    /** Normalises each group as one row of a layer norm, because the engine's interface has no group norm. */
    static PtNDArray groupNorm(PtNDArray x, PtNDArray scale, PtNDArray shift, int groups, double eps) {
        Shape shape = x.getShape();
        long[] channels = new long[shape.dimension()];
        Arrays.fill(channels, 1);
        channels[1] = shape.get(1);
        long length = shape.slice(1).size() / groups;
        try (PtNDArray rows = JniUtils.reshape(x, new long[] {shape.get(0), groups, length});
                PtNDArray ones = vector(x, length, 1);
                PtNDArray zeros = vector(x, length, 0);
                PtNDArray normal = JniUtils.layerNorm(rows, new Shape(length), ones, zeros, eps);
                PtNDArray back = JniUtils.reshape(normal, shape.getShape());
                PtNDArray factor = JniUtils.reshape(scale, channels);
                PtNDArray scaled = JniUtils.mul(back, factor);
                PtNDArray offset = JniUtils.reshape(shift, channels)) {
            return JniUtils.add(scaled, offset);
        }
    }

    private static PtNDArray vector(PtNDArray x, long length, double value) {
        return JniUtils.full(
                x.getManager(), new Shape(length), value, x.getDataType(), x.getDevice(), SparseFormat.DENSE);
    }

    static PtNDArray layerNorm(PtNDArray x, PtNDArray scale, PtNDArray shift, double eps) {
        return JniUtils.layerNorm(x, scale.getShape(), scale, shift, eps);
    }

    static PtNDArray attention(PtNDArray q, PtNDArray k, PtNDArray v) {
        int last = q.getShape().dimension() - 1;
        try (PtNDArray transposed = JniUtils.transpose(k, last - 1, last);
                PtNDArray products = JniUtils.matmul(q, transposed);
                PtNDArray scale =
                        EngineElementwise.constant(q, 1 / Math.sqrt(q.getShape().get(last)));
                PtNDArray scaled = JniUtils.mul(products, scale);
                PtNDArray weights = softmax(scaled, last)) {
            return JniUtils.matmul(weights, v);
        }
    }
}
