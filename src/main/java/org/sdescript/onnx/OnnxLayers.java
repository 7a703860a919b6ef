package org.sdescript.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Window;

/**
 * Layers as ONNX operators. ONNX Runtime has no convolutions in double precision, so these are computed in single
 * precision; all other layers keep the dtype.
 */
final class OnnxLayers {
    private static final OnnxAttribute LAST = OnnxAttribute.of("axis", -1);
    private static final int HEIGHT = 2;
    private static final int WIDTH = 3;

    private final OnnxNodes nodes;
    private final OnnxSizes sizes;

    OnnxLayers(OnnxNodes nodes, OnnxSizes sizes) {
        this.nodes = nodes;
        this.sizes = sizes;
    }

    private String call(String operator, String... inputs) {
        return nodes.add(operator, List.of(inputs));
    }

    private String number(double value, DType dtype) {
        return nodes.constants().scalar(dtype, value);
    }

    /** Returns x wᵀ + b; {@code operands} are x, w and an optional b. */
    String linear(List<String> operands, int rank) {
        if (rank == 2) {
            return nodes.add("Gemm", operands, OnnxAttribute.of("transB", 1));
        }
        String product = call("MatMul", operands.get(0), permuted(operands.get(1), List.of(1, 0)));
        return operands.size() > 2 ? call("Add", product, operands.get(2)) : product;
    }

    String permuted(String x, List<Integer> order) {
        List<Long> axes = order.stream().map(Integer::longValue).toList();
        return nodes.add("Transpose", List.of(x), OnnxAttribute.of("perm", axes));
    }

    /** Computes in single precision and returns the result in this dtype. */
    private String inSingle(DType dtype, List<String> operands, UnaryOperator<List<String>> layer) {
        if (dtype == DType.FLOAT32) {
            return layer.apply(operands).getFirst();
        }
        List<String> single =
                operands.stream().map(x -> nodes.cast(x, DType.FLOAT32)).toList();
        return nodes.cast(layer.apply(single).getFirst(), dtype);
    }

    String conv2d(List<String> operands, Window window, Shape kernel, DType dtype) {
        return inSingle(
                dtype,
                operands,
                its -> List.of(nodes.add(
                        "Conv",
                        its,
                        attributes(window, window.padding(), kernel).toArray(OnnxAttribute[]::new))));
    }

    private static List<OnnxAttribute> attributes(Window window, int padding, Shape kernel) {
        return List.of(
                OnnxAttribute.of("kernel_shape", List.of(kernel.size(HEIGHT), kernel.size(WIDTH))),
                OnnxAttribute.square("strides", window.stride()),
                OnnxAttribute.square("dilations", window.dilation()),
                OnnxAttribute.of("pads", Collections.nCopies(4, (long) padding)));
    }

    /**
     * Returns a transposed convolution. ONNX accepts extra rows and columns only where the stride leaves the size open;
     * otherwise fewer rows and columns are cut off the whole result.
     */
    String convTranspose2d(List<String> operands, Window window, int bottom, int right, Shape kernel, DType dtype) {
        return inSingle(dtype, operands, its -> {
            if (Math.max(bottom, right) < window.stride()) {
                return List.of(transposed(its, window, window.padding(), List.of((long) bottom, (long) right), kernel));
            }
            String whole = transposed(its.subList(0, 2), window, 0, List.of(0L, 0L), kernel);
            long cut = -window.padding();
            String framed = nodes.add(
                    "Pad", List.of(whole, nodes.constants().integers(0, 0, cut, cut, 0, 0, bottom + cut, right + cut)));
            return List.of(its.size() > 2 ? call("Add", framed, perChannel(its.get(2), 4)) : framed);
        });
    }

    private String transposed(List<String> operands, Window window, int padding, List<Long> extra, Shape kernel) {
        List<OnnxAttribute> attributes = new ArrayList<>(attributes(window, padding, kernel));
        attributes.add(OnnxAttribute.of("output_padding", extra));
        return nodes.add("ConvTranspose", operands, attributes.toArray(OnnxAttribute[]::new));
    }

    /** Returns one number per channel in a shape that broadcasts against [n, channels, …]. */
    private String perChannel(String x, int rank) {
        List<Long> shape = new ArrayList<>(Collections.nCopies(rank - 1, 1L));
        shape.set(0, -1L);
        return call("Reshape", x, nodes.constants().integers(shape));
    }

    String avgPool2d(String x, int size, Shape shape, DType dtype) {
        if (dtype == DType.FLOAT32) {
            return nodes.add(
                    "AveragePool",
                    List.of(x),
                    OnnxAttribute.square("kernel_shape", size),
                    OnnxAttribute.square("strides", size));
        }
        long height = shape.size(HEIGHT) / size;
        long width = shape.size(WIDTH) / size;
        String whole = slice(slice(x, HEIGHT, height * size), WIDTH, width * size);
        Shape blocks = Shape.of(shape.size(0), shape.size(1), height, size, width, size);
        return nodes.add(
                "ReduceMean",
                List.of(sizes.reshape(whole, blocks, nodes)),
                OnnxAttribute.of("axes", List.of(3L, 5L)),
                OnnxAttribute.of("keepdims", 0));
    }

    private String slice(String x, long axis, long to) {
        OnnxConstants constants = nodes.constants();
        return call("Slice", x, constants.integers(0), constants.integers(to), constants.integers(axis));
    }

    /** Repeats pixels, in any dtype by a broadcast. */
    String upsample2d(String x, int factor, Shape shape, DType dtype) {
        if (dtype == DType.FLOAT32) {
            String scales = nodes.constants()
                    .of(DType.FLOAT32, List.of(4L), List.of(1.0, 1.0, (double) factor, (double) factor));
            return nodes.add(
                    "Resize",
                    List.of(x, "", scales),
                    OnnxAttribute.of("mode", "nearest"),
                    OnnxAttribute.of("coordinate_transformation_mode", "asymmetric"),
                    OnnxAttribute.of("nearest_mode", "floor"));
        }
        long height = shape.size(HEIGHT);
        long width = shape.size(WIDTH);
        Shape apart = Shape.of(shape.size(0), shape.size(1), height, 1, width, 1);
        Shape blocks = apart.with(3, factor).with(5, factor);
        String repeated = call("Expand", sizes.reshape(x, apart, nodes), sizes.shape(blocks, nodes));
        return sizes.reshape(repeated, shape.with(HEIGHT, height * factor).with(WIDTH, width * factor), nodes);
    }

    /** Normalises each group as the one channel of an instance norm; {@code operands} are x, scale and shift. */
    String groupNorm(List<String> operands, int groups, double eps, Shape shape, DType dtype) {
        Shape grouped = Shape.of(shape.size(0), groups, shape.elements() / shape.size(0) / groups);
        String x = sizes.reshape(operands.get(0), grouped, nodes);
        String normal = sizes.reshape(
                dtype == DType.FLOAT32 ? instanceNorm(x, groups, eps) : standardised(x, eps, dtype), shape, nodes);
        String scaled = call("Mul", normal, perChannel(operands.get(1), shape.rank()));
        return call("Add", scaled, perChannel(operands.get(2), shape.rank()));
    }

    private String instanceNorm(String x, int groups, double eps) {
        List<Long> size = List.of((long) groups);
        OnnxConstants constants = nodes.constants();
        String ones = constants.of(DType.FLOAT32, size, Collections.nCopies(groups, 1.0));
        String zeros = constants.of(DType.FLOAT32, size, Collections.nCopies(groups, 0.0));
        return nodes.add("InstanceNormalization", List.of(x, ones, zeros), OnnxAttribute.of("epsilon", eps));
    }

    /** Returns (x − μ)/√(σ² + eps) over the last axis; an attribute would hold eps in single precision. */
    private String standardised(String x, double eps, DType dtype) {
        OnnxAttribute axes = OnnxAttribute.of("axes", List.of(-1L));
        String centred = call("Sub", x, nodes.add("ReduceMean", List.of(x), axes));
        String variance = nodes.add("ReduceMean", List.of(call("Mul", centred, centred)), axes);
        return call("Div", centred, call("Sqrt", call("Add", variance, number(eps, dtype))));
    }

    String layerNorm(List<String> operands, double eps, DType dtype) {
        if (dtype == DType.FLOAT32) {
            return nodes.add("LayerNormalization", operands, LAST, OnnxAttribute.of("epsilon", eps));
        }
        String normal = standardised(operands.get(0), eps, dtype);
        return call("Add", call("Mul", normal, operands.get(1)), operands.get(2));
    }

    String softmax(String x, int axis) {
        return nodes.add("Softmax", List.of(x), OnnxAttribute.of("axis", axis));
    }

    /** Returns softmax(q kᵀ/√d) v; {@code operands} are q, k and v. */
    String attention(List<String> operands, Shape queries, DType dtype) {
        int rank = queries.rank();
        List<Integer> swapped = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        Collections.swap(swapped, rank - 2, rank - 1);
        String scaled = call("Mul", operands.get(0), number(1 / Math.sqrt(queries.size(rank - 1)), dtype));
        String weights =
                nodes.add("Softmax", List.of(call("MatMul", scaled, permuted(operands.get(1), swapped))), LAST);
        return call("MatMul", weights, operands.get(2));
    }
}
