package org.sdescript.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/** Infers the types of operations on images [n, channels, height, width]. */
public final class ImageTypeInference {
    private static final int AXES = 4;
    private static final int HEIGHT = 2;
    private static final int WIDTH = 3;

    private ImageTypeInference() {}

    /** Returns the number of channels; throws for a shape that is no batch of images. */
    public static long channels(String layer, Shape shape, @Nullable Span span) {
        if (shape.rank() != AXES) {
            Diagnostic error = Diagnostic.error(
                    "E0560",
                    span,
                    layer + " takes images, [n, channels, height, width], and is given "
                            + (shape.rank() == 0 ? "a single number" : shape));
            throw (shape.rank() == AXES - 1
                            ? error.help("`reshape(x, [n, 1, height, width])` makes them images of one channel")
                            : error.help("vectors go through `dense`; `reshape(x, [n, channels, height, width])` makes"
                                    + " images of them"))
                    .raise();
        }
        return shape.size(1);
    }

    static Type conv2d(Window window, List<Type.TensorType> operands, @Nullable Span span) {
        Shape x = operands.get(0).shape();
        Shape weight = operands.get(1).shape();
        requireChannels("conv2d", channels("conv2d", x, span), weight.size(1), span);
        Shape result = Shape.of(
                x.size(0),
                weight.size(0),
                window.places(x.size(HEIGHT), weight.size(HEIGHT)),
                window.places(x.size(WIDTH), weight.size(WIDTH)));
        return Type.tensor(LayerTypeInference.floating(operands), result);
    }

    static Type convTranspose2d(
            Window window, int bottom, int right, List<Type.TensorType> operands, @Nullable Span span) {
        Shape x = operands.get(0).shape();
        Shape weight = operands.get(1).shape();
        requireChannels("conv_transpose2d", channels("conv_transpose2d", x, span), weight.size(0), span);
        Shape result = Shape.of(
                x.size(0),
                weight.size(1),
                window.spread(x.size(HEIGHT), weight.size(HEIGHT), bottom),
                window.spread(x.size(WIDTH), weight.size(WIDTH), right));
        return Type.tensor(LayerTypeInference.floating(operands), result);
    }

    private static void requireChannels(String layer, long given, long taken, @Nullable Span span) {
        if (given != taken) {
            throw new IllegalArgumentException(layer + " for " + taken + " channels is given " + given + " at " + span);
        }
    }

    static Type avgPool2d(int size, Type.TensorType operand, @Nullable Span span) {
        Shape x = operand.shape();
        channels("avg_pool", x, span);
        if (x.size(HEIGHT) < size || x.size(WIDTH) < size) {
            throw Diagnostic.error(
                            "E0561",
                            span,
                            "blocks of " + times(size, size) + " do not fit in images of "
                                    + times(x.size(HEIGHT), x.size(WIDTH)) + ", in " + x)
                    .help("halve the images fewer times before, or start from larger ones")
                    .raise();
        }
        return Type.tensor(
                operand.dtype().promote(DType.FLOAT32),
                x.with(HEIGHT, x.size(HEIGHT) / size).with(WIDTH, x.size(WIDTH) / size));
    }

    static Type upsample2d(int factor, Type.TensorType operand, @Nullable Span span) {
        Shape x = operand.shape();
        channels("upsample", x, span);
        return Type.tensor(
                operand.dtype(), x.with(HEIGHT, x.size(HEIGHT) * factor).with(WIDTH, x.size(WIDTH) * factor));
    }

    /** Throws if a square kernel does not fit into the images; the error names both sizes. */
    public static void requireFit(Window window, int kernel, Shape x, @Nullable Span span) {
        if (window.places(x.size(HEIGHT), kernel) < 1 || window.places(x.size(WIDTH), kernel) < 1) {
            throw Diagnostic.error(
                            "E0561",
                            span,
                            "a kernel of " + times(window.reach(kernel) + 1, window.reach(kernel) + 1)
                                    + " does not fit in images of " + times(x.size(HEIGHT), x.size(WIDTH)) + " with "
                                    + padding(window) + ", in " + x)
                    .help("give it a larger `padding` or a smaller `kernel`, or halve the images fewer times before")
                    .raise();
        }
    }

    /** Throws if a transposed convolution's padding leaves no pixels. */
    public static void requireRest(Window window, int kernel, int extra, Shape x, @Nullable Span span) {
        long height = window.spread(x.size(HEIGHT), kernel, extra);
        long width = window.spread(x.size(WIDTH), kernel, extra);
        if (height < 1 || width < 1) {
            throw Diagnostic.error(
                            "E0561",
                            span,
                            padding(window) + " leaves nothing of the "
                                    + times(height + 2L * window.padding(), width + 2L * window.padding())
                                    + " pixels made of " + x)
                    .help("in a transposed convolution `padding` cuts pixels off; give it a smaller one")
                    .raise();
        }
    }

    private static String padding(Window window) {
        return window.padding() == 0 ? "no padding" : "a padding of " + window.padding();
    }

    private static String times(long height, long width) {
        return height + " × " + width;
    }
}
