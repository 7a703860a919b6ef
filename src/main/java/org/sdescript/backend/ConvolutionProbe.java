package org.sdescript.backend;

import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ScriptCalls;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Window;

/**
 * Compares the engine's convolutions, their gradients and transposed convolutions with plain loops. Images and kernels
 * are small whole numbers, so that every sum is exact in single precision in any order: each difference is a fault.
 */
record ConvolutionProbe(int images, int from, int to, int high, int kernel, Window window) {
    /**
     * Channels that fill no register, one or several registers of each instruction set; strides and dilations that do
     * not divide the size.
     */
    static final List<ConvolutionProbe> CASES = List.of(
            new ConvolutionProbe(2, 2, 3, 2, 3, new Window(1, 1, 1)),
            new ConvolutionProbe(2, 2, 3, 5, 3, new Window(2, 0, 1)),
            new ConvolutionProbe(2, 2, 3, 5, 3, new Window(3, 2, 2)),
            new ConvolutionProbe(3, 1, 16, 8, 3, new Window(1, 1, 1)),
            new ConvolutionProbe(2, 8, 8, 8, 3, new Window(1, 1, 1)),
            new ConvolutionProbe(2, 16, 32, 8, 3, new Window(2, 1, 1)),
            new ConvolutionProbe(2, 32, 16, 8, 3, new Window(1, 1, 1)),
            new ConvolutionProbe(2, 48, 32, 4, 1, new Window(1, 0, 1)),
            new ConvolutionProbe(4, 64, 64, 8, 3, new Window(1, 1, 1)),
            new ConvolutionProbe(2, 64, 32, 16, 3, new Window(1, 1, 1)));

    /** The largest number in images and kernels: 64 · 3² · 16² products of at most 3² stay below 2²⁴. */
    private static final int LARGEST = 3;

    private static final String RUN = "probe";

    /** True if all cases agree on one thread, and the two largest cases also on all threads. */
    static boolean isRight(Backend backend) {
        int threads = JniUtils.getNumThreads();
        try {
            JniUtils.setNumThreads(1);
            boolean isRight = CASES.stream().allMatch(each -> each.agrees(backend));
            JniUtils.setNumThreads(threads);
            return isRight
                    && (threads == 1 || CASES.reversed().stream().limit(2).allMatch(each -> each.agrees(backend)));
        } finally {
            JniUtils.setNumThreads(threads);
        }
    }

    boolean agrees(Backend backend) {
        SplittableRandom random = new SplittableRandom(high + 31L * from + to);
        Shape images = Shape.of(this.images, from, high, wide());
        Shape kernels = Shape.of(to, from, kernel, kernel);
        Shape slopes = Shape.of(this.images, to, out(high), out(wide()));
        double[] x = wholes(random, images);
        double[] w = wholes(random, kernels);
        double[] g = wholes(random, slopes);
        try (Tensor image = backend.tensor(DType.FLOAT32, images, x);
                Tensor weight = backend.tensor(DType.FLOAT32, kernels, w);
                Tensor slope = backend.tensor(DType.FLOAT32, slopes, g)) {
            Sums sums = new Sums(new double[g.length], new double[x.length], new double[w.length]);
            add(x, w, g, sums);
            List<double[]> expected = List.of(sums.out, sums.byImage, sums.byWeight, sums.byImage, sums.byImage);
            List<double[]> found = computed(backend, image, weight, slope);
            return IntStream.range(0, expected.size()).allMatch(i -> areEqual(found.get(i), expected.get(i)));
        }
    }

    private static boolean areEqual(double[] found, double[] expected) {
        return found.length == expected.length
                && IntStream.range(0, found.length).allMatch(i -> found[i] == expected[i]);
    }

    private int wide() {
        return high + 1;
    }

    private int out(int size) {
        return (size + 2 * window.padding() - window.dilation() * (kernel - 1) - 1) / window.stride() + 1;
    }

    private static double[] wholes(SplittableRandom random, Shape shape) {
        return random.ints(shape.elements(), -LARGEST, LARGEST + 1)
                .asDoubleStream()
                .toArray();
    }

    /** The reference sums: the result, and the gradients by image and by kernel. */
    private record Sums(double[] out, double[] byImage, double[] byWeight) {}

    private void add(double[] x, double[] w, double[] g, Sums sums) {
        for (int n = 0; n < images; n++) {
            for (int o = 0; o < to; o++) {
                for (int c = 0; c < from; c++) {
                    for (int k = 0; k < kernel * kernel; k++) {
                        int weight = (o * from + c) * kernel * kernel + k;
                        add(x, w, g, sums, new Place(n * from + c, n * to + o, weight, k / kernel, k % kernel));
                    }
                }
            }
        }
    }

    /**
     * One weight of a kernel over one image: the offsets of image, result and weight, and the weight's row and column
     * in the kernel.
     */
    private record Place(int image, int result, int weight, int row, int column) {}

    private void add(double[] x, double[] w, double[] g, Sums sums, Place place) {
        for (int i = 0; i < out(high); i++) {
            int row = i * window.stride() - window.padding() + window.dilation() * place.row;
            for (int j = 0; row >= 0 && row < high && j < out(wide()); j++) {
                int column = j * window.stride() - window.padding() + window.dilation() * place.column;
                if (column >= 0 && column < wide()) {
                    int pixel = (place.image * high + row) * wide() + column;
                    int result = (place.result * out(high) + i) * out(wide()) + j;
                    sums.out[result] += x[pixel] * w[place.weight];
                    sums.byImage[pixel] += g[result] * w[place.weight];
                    sums.byWeight[place.weight] += g[result] * x[pixel];
                }
            }
        }
    }

    /**
     * The convolution, its gradients by image and kernel, and the transposed convolution of the slope in both memory
     * formats.
     */
    private List<double[]> computed(Backend backend, Tensor image, Tensor weight, Tensor slope) {
        LoadedModules.Module module = backend.modules().load(text());
        long arguments = ScriptCalls.tensors(
                image.array().getHandle(),
                weight.array().getHandle(),
                slope.array().getHandle());
        try {
            long[] results = ScriptCalls.run(module.handle(), RUN, arguments);
            List<Tensor> tensors = List.of(
                    backend.adopt(results[0], slope.type()),
                    backend.adopt(results[1], image.type()),
                    backend.adopt(results[2], weight.type()),
                    backend.adopt(results[3], image.type()),
                    backend.adopt(results[4], image.type()));
            List<double[]> numbers = tensors.stream().map(Tensor::toDoubles).toList();
            tensors.forEach(Tensor::close);
            return numbers;
        } finally {
            ScriptCalls.delete(arguments);
        }
    }

    private String text() {
        String window = pair(this.window.stride()) + ", " + pair(this.window.padding()) + ", ";
        String dilation = pair(this.window.dilation());
        String transposed = ", w, None, " + window + "[" + rest(high) + ", " + rest(wide()) + "], 1, " + dilation + ")";
        String text = """
                  def %s(self: __torch__.Kernel, p: List[Tensor]) -> List[Tensor]:
                    x, w, g, = p
                    torch.set_grad_enabled(True)
                    a = torch.contiguous(torch.requires_grad_(torch.detach(x)), memory_format=2)
                    b = torch.requires_grad_(torch.detach(w))
                    y = torch.conv2d(a, b, None, %s%s, 1)
                    s = torch.sum(torch.mul(y, g))
                    q = torch.autograd.grad([s], [a, b], None, None, False, True)
                    torch.set_grad_enabled(False)
                    h = annotate(List[Tensor], [torch.detach(y)])
                    for i in range(torch.len(q)):
                      _ = torch.append(h, unchecked_cast(Tensor, q[i]))
                    _ = torch.append(h, torch.conv_transpose2d(g%s)
                    _ = torch.append(h, torch.conv_transpose2d(torch.contiguous(g, memory_format=2)%s)
                    return h
                """;
        return String.format(Locale.ROOT, text, RUN, window, dilation, transposed, transposed);
    }

    /** The number of rows or columns that the window does not reach. */
    private int rest(int size) {
        return (size + 2 * window.padding() - window.dilation() * (kernel - 1) - 1) % window.stride();
    }

    private static String pair(int size) {
        return "[" + size + ", " + size + "]";
    }
}
