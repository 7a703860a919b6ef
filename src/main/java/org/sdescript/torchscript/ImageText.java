package org.sdescript.torchscript;

import static org.sdescript.torchscript.ElementwiseText.call;

import java.util.List;
import org.sdescript.graph.Window;

/** Operations on images, as calls of PyTorch. */
final class ImageText {
    private static final String CHANNELS_LAST = "memory_format=2";

    private ImageText() {}

    /**
     * Returns a convolution in channels-last layout, which is faster. Later operations preserve the layout, so only the
     * first images of a network are copied.
     *
     * @param operands images, kernel and an optional bias
     */
    static String conv2d(List<String> operands, Window window) {
        return call(
                "conv2d",
                call("contiguous", operands.get(0), CHANNELS_LAST),
                operands.get(1),
                bias(operands),
                square(window.stride()),
                square(window.padding()),
                square(window.dilation()),
                "1");
    }

    private static String bias(List<String> operands) {
        return operands.size() > 2 ? operands.get(2) : "None";
    }

    /**
     * Returns a transposed convolution. PyTorch accepts extra rows and columns only where the stride leaves the size
     * open; otherwise fewer rows and columns are cut off the whole result.
     */
    static String convTranspose2d(List<String> operands, Window window, int bottom, int right) {
        if (Math.max(bottom, right) < Math.max(window.stride(), window.dilation())) {
            return transposed(operands, bias(operands), window, window.padding(), List.of(bottom, right));
        }
        String whole = transposed(operands, "None", window, 0, List.of(0, 0));
        int cut = -window.padding();
        String framed =
                call("constant_pad_nd", whole, TypeText.list(List.of(cut, right + cut, cut, bottom + cut)), "0.");
        return operands.size() > 2 ? call("add", framed, call("reshape", operands.get(2), "[1, -1, 1, 1]")) : framed;
    }

    private static String transposed(
            List<String> operands, String bias, Window window, int padding, List<Integer> extra) {
        return call(
                "conv_transpose2d",
                operands.get(0),
                operands.get(1),
                bias,
                square(window.stride()),
                square(padding),
                TypeText.list(extra),
                "1",
                square(window.dilation()));
    }

    static String avgPool2d(String x, int size) {
        return call("avg_pool2d", x, square(size), square(size), square(0), "False", "True");
    }

    private static String square(int size) {
        return TypeText.list(List.of(size, size));
    }
}
