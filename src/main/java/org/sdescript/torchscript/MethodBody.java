package org.sdescript.torchscript;

import static org.sdescript.torchscript.ElementwiseText.call;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.graph.TypeInference;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.graph.Window;

/** The statements of a method, one per node. Host numbers have none: they are computed beforehand and passed in. */
final class MethodBody {
    private record Adapted(Node node, DType dtype) {}

    private final ScriptTarget target;
    private final AxisSizeText sizes;
    private final Overwriting overwriting;
    private final Set<Node> bound = new HashSet<>();
    private final Map<Node, String> names = new HashMap<>();
    private final Map<Adapted, String> adapted = new HashMap<>();
    /** The bfloat16 copies of tensors, by the name of the tensor. */
    private final Map<String, String> narrowed = new HashMap<>();

    private final Map<Adapted, String> numberNames = new HashMap<>();
    private final List<ScriptMethod.Number> numbers = new ArrayList<>();
    private final List<String> statements = new ArrayList<>();
    private final List<Node> origins = new ArrayList<>();

    /**
     * Creates an empty body.
     *
     * @param sizes renders the sizes of axes
     * @param overwriting decides which operands may be overwritten
     */
    MethodBody(ScriptTarget target, AxisSizeText sizes, Overwriting overwriting) {
        this.target = target;
        this.sizes = sizes;
        this.overwriting = overwriting;
    }

    /** Assigns a name to a node that is computed elsewhere. */
    void bind(Node node, String name) {
        bound.add(node);
        names.put(node, name);
    }

    List<String> statements() {
        return statements;
    }

    List<Node> origins() {
        return origins;
    }

    /** Returns the host numbers in use, in the order of their names c0, c1, … */
    List<ScriptMethod.Number> numbers() {
        return numbers;
    }

    String name(Node node) {
        return Objects.requireNonNull(names.get(node));
    }

    /** True if a node is passed in. */
    boolean isBound(Node node) {
        return bound.contains(node);
    }

    /** Writes the statement of a node, unless the node already has a name. */
    void write(Node node) {
        if (!node.isNumber() && !names.containsKey(node)) {
            names.put(node, state(node, expression(node)));
        }
    }

    private String state(Node node, String expression) {
        String name = "v" + statements.size();
        statements.add(name + " = " + expression);
        origins.add(node);
        return name;
    }

    private String expression(Node node) {
        return switch (node.operation()) {
            case Operation.Unary(var function) -> unary(node, function);
            case Operation.Binary(var function) -> binary(node, function);
            case Operation.Where() -> call("where", tensor(node, 0, DType.BOOL), operand(node, 1), operand(node, 2));
            case Operation.Reduce(var function, var axes, boolean keep) -> reduce(node, function, axes, keep);
            case Operation.ArgMax(int axis) -> call("argmax", tensor(node, 0), String.valueOf(axis));
            case Operation.MatMul() -> call("matmul", operand(node, 0), operand(node, 1));
            case Operation.Linear() -> product(node, call("linear", factors(node)));
            case Operation.CumulativeSum(int axis, boolean backward) -> cumulativeSum(operand(node, 0), axis, backward);
            case Operation.Softmax(int axis) -> call("softmax", operand(node, 0), String.valueOf(axis));
            case Operation.Conv2d(Window window) -> product(node, ImageText.conv2d(factors(node), window));
            case Operation.ConvTranspose2d(Window window, int bottom, int right) ->
                product(node, ImageText.convTranspose2d(factors(node), window, bottom, right));
            case Operation.AvgPool2d(int size) -> ImageText.avgPool2d(operand(node, 0), size);
            case Operation.UpsampleNearest2d(int factor) -> upsample2d(node, factor);
            case Operation.GroupNorm(int groups, double eps) ->
                call(
                        "group_norm",
                        operand(node, 0),
                        String.valueOf(groups),
                        operand(node, 1),
                        operand(node, 2),
                        Double.toString(eps));
            case Operation.LayerNorm(double eps) ->
                call(
                        "layer_norm",
                        operand(node, 0),
                        TypeText.list(node.inputs().get(1).shape().sizes()),
                        operand(node, 1),
                        operand(node, 2),
                        Double.toString(eps));
            case Operation.ScaledDotProductAttention() ->
                product(
                        node,
                        target.portable()
                                ? attention(factors(node), node)
                                : call("scaled_dot_product_attention", factors(node)));
            case Operation.AddLinear() -> addLinear(node);
            case Operation.AddScaled() -> addScaled(node);
            case Operation.AddProduct() ->
                over(node, 0, call("addcmul", tensor(node, 0), tensor(node, 1), tensor(node, 2)));
            case Operation.Foreign(var function) -> throw unwritten(node);
            case Operation.ForeignGradient(var function) -> throw unwritten(node);
            case Operation.Reshape(Shape shape) -> call("reshape", tensor(node, 0), shape(shape));
            case Operation.Permute(var order) -> call("permute", tensor(node, 0), TypeText.list(order));
            case Operation.Broadcast(Shape shape) -> call("expand", tensor(node, 0), shape(shape));
            case Operation.Concat(int axis) -> call("cat", operands(node), String.valueOf(axis));
            case Operation.Slice(int axis, long from, long to, long step) -> slice(node, axis, from, to, step);
            case Operation.Gather(int axis) ->
                call("index_select", tensor(node, 0), String.valueOf(axis), tensor(node, 1, DType.INT64));
            case Operation.ScatterAdd(int axis, long size) -> scatterAdd(node, axis);
            case Operation.Variable variable -> tensor(node, 0);
            case Operation.Detach detach -> call("detach", tensor(node, 0));
            case Operation.Cast(DType dtype) -> cast(tensor(node, 0), dtype);
            case Operation.Fill(DType dtype, Shape shape) -> fill(node, dtype, shape);
            case Operation.Input input -> throw unbound(node);
            case Operation.Literal literal -> throw unbound(node);
            case Operation.RandomNormal draw -> throw unbound(node);
            case Operation.RandomUniform draw -> throw unbound(node);
            case Operation.Number number -> throw unbound(node);
        };
    }

    private static IllegalStateException unbound(Node node) {
        return new IllegalStateException(node.operation() + " is passed in, not computed");
    }

    private static IllegalStateException unwritten(Node node) {
        return new IllegalStateException(node.operation() + " is run node by node");
    }

    private String unary(Node node, UnaryOperation function) {
        if (function == UnaryOperation.NOT) {
            return ElementwiseText.of(function, tensor(node, 0), DType.BOOL);
        }
        String result = ElementwiseText.of(function, operand(node, 0), node.dtype());
        return Overwriting.isKnown(function) ? over(node, 0, result) : result;
    }

    /** Returns the call, or its in-place form if the operand at this place, the first argument, may be overwritten. */
    private String over(Node node, int place, String call) {
        return overwriting.allows(node, place) ? ElementwiseText.overwriting(call) : call;
    }

    private String binary(Node node, BinaryOperation function) {
        Node left = node.inputs().get(0);
        Node right = node.inputs().get(1);
        DType dtype = TypeInference.meeting(function, left, right, node.dtype());
        String short_ = dtype.isFloating() ? withNumber(function, left, right, dtype) : null;
        if (short_ != null) {
            return left.isNumber()
                    ? function.isCommutative() ? over(node, 1, function, short_) : short_
                    : over(node, 0, function, short_);
        }
        if (function.isCommutative() && !overwriting.allows(node, 0) && overwriting.allows(node, 1)) {
            return over(node, 1, function, ElementwiseText.of(function, tensor(right, dtype), tensor(left, dtype)));
        }
        return over(node, 0, function, ElementwiseText.of(function, tensor(left, dtype), tensor(right, dtype)));
    }

    private String over(Node node, int place, BinaryOperation function, String call) {
        return Overwriting.isKnown(function) ? over(node, place, call) : call;
    }

    /**
     * Calls a function that takes a number directly, without a tensor for it; null if neither operand is a number, or
     * the function takes none.
     */
    private @Nullable String withNumber(BinaryOperation function, Node left, Node right, DType dtype) {
        if (right.isNumber()) {
            return function == BinaryOperation.POWER && isTwo(right)
                    ? call("square", tensor(left, dtype))
                    : ElementwiseText.withNumber(function, tensor(left, dtype), number(right, dtype));
        }
        return left.isNumber()
                ? ElementwiseText.withNumberFirst(function, number(left, dtype), tensor(right, dtype))
                : null;
    }

    private static boolean isTwo(Node node) {
        return node.operation() instanceof Operation.Number(double value) && value == 2;
    }

    private String reduce(Node node, Reduction function, List<Integer> axes, boolean keep) {
        if (axes.isEmpty()) {
            return operand(node, 0);
        }
        String name =
                switch (function) {
                    case SUM -> "sum";
                    case MEAN -> "mean";
                    case MIN -> "amin";
                    case MAX -> "amax";
                };
        return call(name, operand(node, 0), TypeText.list(axes), TypeText.bool(keep));
    }

    private boolean isNarrow(Node product) {
        return target.bfloat16() && product.dtype() == DType.FLOAT32;
    }

    /** Returns the operands of a layer's product. */
    private List<String> factors(Node node) {
        return isNarrow(node)
                ? operandNames(node).stream().map(name -> narrowed(node, name)).toList()
                : operandNames(node);
    }

    private String narrowed(Node node, String name) {
        return narrowed.computeIfAbsent(name, wide -> state(node, call("to", wide, TypeText.BFLOAT16)));
    }

    private String product(Node node, String expression) {
        return isNarrow(node) ? cast(expression, DType.FLOAT32) : expression;
    }

    /**
     * Repeats integer pixels by a broadcast view that is copied once, since the engine's own operation takes floating
     * pixels only.
     */
    private String upsample2d(Node node, int factor) {
        Shape shape = node.inputs().getFirst().shape();
        if (node.dtype().isFloating()) {
            return call(
                    "upsample_nearest2d",
                    operand(node, 0),
                    TypeText.list(node.shape().sizes().subList(2, 4)));
        }
        Shape apart = Shape.of(shape.size(0), shape.size(1), shape.size(2), 1, shape.size(3), 1);
        Shape blocks = apart.with(3, factor).with(5, factor);
        return call(
                "reshape",
                call("expand", call("reshape", operand(node, 0), shape(apart)), shape(blocks)),
                shape(node.shape()));
    }

    /** Written out, since PyTorch has a single operation for it only from 2.0 on. */
    private static String attention(List<String> factors, Node node) {
        Shape q = node.inputs().getFirst().shape();
        String scale = Double.toString(1 / Math.sqrt(q.size(q.rank() - 1)));
        String weights =
                call("matmul", call("mul", factors.get(0), scale), call("transpose", factors.get(1), "-2", "-1"));
        return call("matmul", call("softmax", weights, "-1"), factors.get(2));
    }

    /**
     * Starts the product's sum with the bias and the added tensor, which takes one memory pass less than adding them
     * afterwards.
     */
    private String addLinear(Node node) {
        List<String> factors = factors(node);
        if (!overwriting.isOn() || isNarrow(node)) {
            return call("add", operand(node, 3), product(node, call("linear", factors.subList(0, 3))));
        }
        String start = over(node, 3, call("add", operand(node, 3), operand(node, 2)));
        return call("addmm_", start, factors.get(0), call("t", factors.get(1)));
    }

    private String addScaled(Node node) {
        return over(
                node,
                0,
                call(
                        "add",
                        tensor(node, 0),
                        tensor(node, 1),
                        "alpha=" + number(node.inputs().get(2), node.dtype())));
    }

    private String slice(Node node, int axis, long from, long to, long step) {
        String end = size(axis, Math.max(from, to));
        return call("slice", tensor(node, 0), String.valueOf(axis), String.valueOf(from), end, String.valueOf(step));
    }

    private String scatterAdd(Node node, int axis) {
        String zeros = full(node.shape(), "0", node.dtype());
        return call("index_add", zeros, String.valueOf(axis), tensor(node, 1, DType.INT64), operand(node, 0));
    }

    private String fill(Node node, DType dtype, Shape shape) {
        return full(shape, number(node.inputs().getFirst(), dtype), dtype);
    }

    private String full(Shape shape, String value, DType dtype) {
        return "torch.full(" + shape(shape) + ", " + value + ", dtype=" + TypeText.code(dtype)
                + ", layout=None, device=" + target.deviceExpression() + ", pin_memory=False)";
    }

    private List<String> operandNames(Node node) {
        return node.inputs().stream().map(input -> tensor(input, node.dtype())).toList();
    }

    private String operands(Node node) {
        return node.inputs().stream()
                .map(input -> tensor(input, node.dtype()))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String cumulativeSum(String x, int axis, boolean backward) {
        String axes = "[" + axis + "]";
        String summed = call("cumsum", backward ? call("flip", x, axes) : x, String.valueOf(axis));
        return backward ? call("flip", summed, axes) : summed;
    }

    /** Returns an operand in the dtype of the result. */
    private String operand(Node node, int index) {
        return tensor(node.inputs().get(index), node.dtype());
    }

    private String tensor(Node node, int index, DType dtype) {
        return tensor(node.inputs().get(index), dtype);
    }

    private String tensor(Node node, int index) {
        return name(node.inputs().get(index));
    }

    /** Returns a node's value as a tensor of a dtype; the conversion is cached. */
    private String tensor(Node node, DType dtype) {
        if (!node.isNumber() && node.dtype() == dtype) {
            return name(node);
        }
        return adapted.computeIfAbsent(
                new Adapted(node, dtype),
                wanted -> state(node, node.isNumber() ? scalar(node, dtype) : cast(name(node), dtype)));
    }

    /** Returns a tensor without axes on the host, which any device reads without synchronisation. */
    private String scalar(Node node, DType dtype) {
        return "torch.scalar_tensor(" + number(node, dtype) + ", dtype=" + TypeText.code(dtype) + ")";
    }

    private static String cast(String x, DType dtype) {
        return call("to", x, String.valueOf(TypeText.code(dtype)));
    }

    /**
     * Returns a number, written out if it is known and finite in TorchScript.
     *
     * @param beside the dtype of the tensors that the number meets
     */
    private String number(Node node, DType beside) {
        if (node.operation() instanceof Operation.Number(double value) && Double.isFinite(beside.holding(value))) {
            return Double.toString(value);
        }
        DType held = beside == DType.FLOAT32 ? beside : DType.FLOAT64;
        return numberNames.computeIfAbsent(new Adapted(node, held), added -> {
            numbers.add(new ScriptMethod.Number(added.node(), held));
            return "c" + (numbers.size() - 1);
        });
    }

    private String shape(Shape shape) {
        List<String> written = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            written.add(size(axis, shape.size(axis)));
        }
        return TypeText.list(written);
    }

    private String size(int axis, long size) {
        return sizes.expression(axis, size);
    }
}
