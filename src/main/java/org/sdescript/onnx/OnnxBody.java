package org.sdescript.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.graph.TypeInference;
import org.sdescript.graph.UnaryOperation;

/**
 * The operations of a graph as ONNX nodes. A number of the graph is a float64 tensor without axes, since numbers are
 * computed in double precision; truth values among numbers are 1 and 0.
 */
final class OnnxBody {
    private final OnnxNodes nodes;
    private final OnnxSizes sizes;
    private final OnnxElementwise elementwise;
    private final OnnxLayers layers;
    private final Map<Node, String> names = new HashMap<>();

    OnnxBody(OnnxNodes nodes, OnnxSizes sizes) {
        this.nodes = nodes;
        this.sizes = sizes;
        this.elementwise = new OnnxElementwise(nodes);
        this.layers = new OnnxLayers(nodes, sizes);
    }

    /** Gives a node the name of a value that is passed in. */
    void bind(Node node, String name) {
        names.put(node, name);
    }

    /** Writes a tensor's node; the numbers that it needs are written before it. */
    void write(Node node) {
        if (!node.isNumber() && !names.containsKey(node)) {
            String name = expression(node);
            names.put(node, name);
            nodes.describe(OnnxMessages.value(name, node.dtype(), sizes.axes(node.shape())));
        }
    }

    /** Returns the name of a node's value; a number is written now. */
    String name(Node node) {
        if (node.isNumber() && !names.containsKey(node)) {
            names.put(node, number(node));
        }
        return Objects.requireNonNull(names.get(node), node::toString);
    }

    private String number(Node node) {
        return switch (node.operation()) {
            case Operation.Number(double value) -> nodes.constants().scalar(DType.FLOAT64, value);
            case Operation.Unary(UnaryOperation function) ->
                function == UnaryOperation.NOT
                        ? nodes.cast(not(node), DType.FLOAT64)
                        : elementwise.of(function, name(node.inputs().getFirst()), DType.FLOAT64);
            case Operation.Binary(BinaryOperation function) -> {
                String result = binary(node, function, DType.FLOAT64);
                yield function.isPredicate() ? nodes.cast(result, DType.FLOAT64) : result;
            }
            case Operation.Where() -> where(node, DType.FLOAT64);
            case Operation.Variable variable -> name(node.inputs().getFirst());
            case Operation.Detach detach -> name(node.inputs().getFirst());
            default -> throw new IllegalStateException(node.operation() + " of numbers");
        };
    }

    private String expression(Node node) {
        return switch (node.operation()) {
            case Operation.Unary(UnaryOperation function) ->
                function == UnaryOperation.NOT ? not(node) : elementwise.of(function, operand(node, 0), node.dtype());
            case Operation.Binary(BinaryOperation function) ->
                binary(
                        node,
                        function,
                        TypeInference.meeting(
                                function, node.inputs().get(0), node.inputs().get(1), node.dtype()));
            case Operation.Where() -> where(node, node.dtype());
            case Operation.Reduce(Reduction function, var axes, boolean keep) -> reduce(node, function, axes, keep);
            case Operation.ArgMax(int axis) -> argMax(node, axis);
            case Operation.MatMul() -> call("MatMul", operand(node, 0), operand(node, 1));
            case Operation.Linear() -> layers.linear(operands(node), rankOfFirst(node));
            case Operation.AddLinear() ->
                call("Add", layers.linear(operands(node).subList(0, 3), rankOfFirst(node)), operand(node, 3));
            case Operation.AddScaled() ->
                call("Add", operand(node, 0), call("Mul", operand(node, 1), operand(node, 2)));
            case Operation.AddProduct() ->
                call("Add", operand(node, 0), call("Mul", operand(node, 1), operand(node, 2)));
            case Operation.CumulativeSum(int axis, boolean backward) -> cumulativeSum(node, axis, backward);
            case Operation.Softmax(int axis) -> layers.softmax(operand(node, 0), axis);
            case Operation.Conv2d(var window) -> layers.conv2d(operands(node), window, shape(node, 1), node.dtype());
            case Operation.ConvTranspose2d(var window, int bottom, int right) ->
                layers.convTranspose2d(operands(node), window, bottom, right, shape(node, 1), node.dtype());
            case Operation.AvgPool2d(int size) ->
                layers.avgPool2d(operand(node, 0), size, shape(node, 0), node.dtype());
            case Operation.UpsampleNearest2d(int factor) ->
                layers.upsample2d(operand(node, 0), factor, shape(node, 0), node.dtype());
            case Operation.GroupNorm(int groups, double eps) ->
                layers.groupNorm(operands(node), groups, eps, node.shape(), node.dtype());
            case Operation.LayerNorm(double eps) -> layers.layerNorm(operands(node), eps, node.dtype());
            case Operation.ScaledDotProductAttention() ->
                layers.attention(operands(node), shape(node, 0), node.dtype());
            case Operation.Reshape(Shape shape) -> sizes.reshape(operand(node, 0), shape, nodes);
            case Operation.Permute(var order) -> layers.permuted(operand(node, 0), order);
            case Operation.Broadcast(Shape shape) -> call("Expand", operand(node, 0), sizes.shape(shape, nodes));
            case Operation.Concat(int axis) -> nodes.add("Concat", operands(node), OnnxAttribute.of("axis", axis));
            case Operation.Slice(int axis, long from, long to, long step) -> slice(node, axis, from, to, step);
            case Operation.Gather(int axis) ->
                nodes.add(
                        "Gather",
                        List.of(operand(node, 0), value(node.inputs().get(1), DType.INT64)),
                        OnnxAttribute.of("axis", axis));
            case Operation.ScatterAdd(int axis, long size) -> scatterAdd(node, axis);
            case Operation.Variable variable -> operand(node, 0);
            case Operation.Detach detach -> operand(node, 0);
            case Operation.Cast(DType dtype) -> operand(node, 0);
            case Operation.Fill(DType dtype, Shape shape) ->
                call("Expand", operand(node, 0), sizes.shape(shape, nodes));
            case Operation.Literal(DType dtype, Shape shape, var values) ->
                nodes.constants().of(dtype, shape.sizes(), values);
            case Operation.Input input -> throw unbound(node);
            case Operation.RandomNormal draw -> throw unbound(node);
            case Operation.RandomUniform draw -> throw unbound(node);
            case Operation.Number number -> throw unbound(node);
            case Operation.Foreign function -> throw unbound(node);
            case Operation.ForeignGradient function -> throw unbound(node);
        };
    }

    private static IllegalStateException unbound(Node node) {
        return new IllegalStateException(node.operation() + " is passed in, not computed");
    }

    private String call(String operator, String... inputs) {
        return nodes.add(operator, List.of(inputs));
    }

    /** Returns an operand in the dtype of the result. */
    private String operand(Node node, int index) {
        return value(node.inputs().get(index), node.dtype());
    }

    private List<String> operands(Node node) {
        return node.inputs().stream().map(input -> value(input, node.dtype())).toList();
    }

    /** Returns a value in a dtype; a known number is written in this dtype. */
    private String value(Node node, DType dtype) {
        if (node.operation() instanceof Operation.Number(double number)) {
            return nodes.constants().scalar(dtype, dtype.holding(number));
        }
        DType own = node.isNumber() ? DType.FLOAT64 : node.dtype();
        return own == dtype ? name(node) : nodes.cast(name(node), dtype);
    }

    private static Shape shape(Node node, int index) {
        return node.inputs().get(index).shape();
    }

    private static int rankOfFirst(Node node) {
        return shape(node, 0).rank();
    }

    private String not(Node node) {
        return elementwise.of(UnaryOperation.NOT, value(node.inputs().getFirst(), DType.BOOL), DType.BOOL);
    }

    /** Compares truth values as whole numbers, since ONNX orders numbers only. */
    private String binary(Node node, BinaryOperation function, DType meeting) {
        boolean isLogical = function == BinaryOperation.AND || function == BinaryOperation.OR;
        DType dtype = isLogical ? DType.BOOL : meeting.promote(DType.INT64);
        return elementwise.of(
                function,
                value(node.inputs().get(0), dtype),
                value(node.inputs().get(1), dtype),
                dtype);
    }

    private String where(Node node, DType dtype) {
        return call(
                "Where",
                value(node.inputs().get(0), DType.BOOL),
                value(node.inputs().get(1), dtype),
                value(node.inputs().get(2), dtype));
    }

    private String reduce(Node node, Reduction function, List<Integer> axes, boolean keep) {
        if (axes.isEmpty()) {
            return operand(node, 0);
        }
        List<Long> over = axes.stream().map(Integer::longValue).toList();
        OnnxAttribute kept = OnnxAttribute.of("keepdims", keep ? 1 : 0);
        OnnxAttribute listed = OnnxAttribute.of("axes", over);
        List<String> operand = List.of(operand(node, 0));
        return switch (function) {
            case SUM ->
                nodes.add(
                        "ReduceSum",
                        List.of(operand.getFirst(), nodes.constants().integers(over)),
                        kept);
            case MEAN -> nodes.add("ReduceMean", operand, listed, kept);
            case MIN -> nodes.add("ReduceMin", operand, listed, kept);
            case MAX -> nodes.add("ReduceMax", operand, listed, kept);
        };
    }

    /** Finds the largest of whole numbers in double precision, since ONNX Runtime has no such operator for int64. */
    private String argMax(Node node, int axis) {
        Node operand = node.inputs().getFirst();
        DType dtype = operand.dtype().isFloating() ? operand.dtype() : DType.FLOAT64;
        return nodes.add(
                "ArgMax",
                List.of(value(operand, dtype)),
                OnnxAttribute.of("axis", axis),
                OnnxAttribute.of("keepdims", 0));
    }

    private String cumulativeSum(Node node, int axis, boolean backward) {
        return nodes.add(
                "CumSum",
                List.of(operand(node, 0), nodes.constants().scalar(DType.INT64, axis)),
                OnnxAttribute.of("reverse", backward ? 1 : 0));
    }

    private String slice(Node node, int axis, long from, long to, long step) {
        boolean isWhole = to >= shape(node, 0).size(axis);
        OnnxConstants constants = nodes.constants();
        return call(
                "Slice",
                operand(node, 0),
                sizes.size(from, nodes),
                isWhole ? constants.integers(Long.MAX_VALUE) : sizes.size(Math.max(from, to), nodes),
                constants.integers(axis),
                constants.integers(step));
    }

    private String scatterAdd(Node node, int axis) {
        Node operand = node.inputs().getFirst();
        List<Long> along =
                new ArrayList<>(java.util.Collections.nCopies(operand.shape().rank(), 1L));
        along.set(axis, operand.shape().size(axis));
        String index = sizes.reshape(value(node.inputs().get(1), DType.INT64), new Shape(along), nodes);
        String zeros = call("Expand", nodes.constants().scalar(node.dtype(), 0), sizes.shape(node.shape(), nodes));
        return nodes.add(
                "ScatterElements",
                List.of(zeros, call("Expand", index, sizes.shape(operand.shape(), nodes)), operand(node, 0)),
                OnnxAttribute.of("axis", axis),
                OnnxAttribute.of("reduction", "add"));
    }
}
