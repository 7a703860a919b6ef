package org.sdescript.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/**
 * Infers the type of an operation's result from the types of its operands. Operands that do not fit are a script error,
 * which shows both shapes.
 */
public final class TypeInference {
    private TypeInference() {}

    public static Type infer(Operation operation, List<Type> operands, @Nullable Span span) {
        return switch (operation) {
            case Operation.Input(int index, Type type) -> type;
            case Operation.Number(double value) -> Type.NUMBER;
            case Operation.Literal(DType dtype, Shape shape, var values) -> Type.tensor(dtype, shape);
            case Operation.Unary(UnaryOperation function) -> unary(function, operands.getFirst());
            case Operation.Binary(BinaryOperation function) -> binary(function, operands.get(0), operands.get(1), span);
            case Operation.Where() -> where(operands, span);
            case Operation.Reduce(var function, var axes, boolean keep) ->
                reduce(function, tensor(operands.getFirst()), axes, keep, span);
            case Operation.ArgMax(int axis) ->
                argMax(tensor(operands.getFirst()).shape(), axis, span);
            case Operation.MatMul() -> matMul(tensor(operands.get(0)), tensor(operands.get(1)), span);
            case Operation.Linear() -> linear(tensor(operands.get(0)), tensor(operands.get(1)), span);
            case Operation.AddLinear() -> linear(tensor(operands.get(0)), tensor(operands.get(1)), span);
            case Operation.CumulativeSum sum -> summed(tensor(operands.getFirst()));
            case Operation.Softmax(int axis) -> floating(tensor(operands.getFirst()));
            case Operation.Conv2d(Window window) -> ImageTypeInference.conv2d(window, tensors(operands), span);
            case Operation.ConvTranspose2d(Window window, int bottom, int right) ->
                ImageTypeInference.convTranspose2d(window, bottom, right, tensors(operands), span);
            case Operation.AvgPool2d(int size) -> ImageTypeInference.avgPool2d(size, tensor(operands.getFirst()), span);
            case Operation.UpsampleNearest2d(int factor) ->
                ImageTypeInference.upsample2d(factor, tensor(operands.getFirst()), span);
            case Operation.GroupNorm(int groups, double eps) ->
                LayerTypeInference.groupNorm(groups, tensors(operands), span);
            case Operation.LayerNorm(double eps) -> LayerTypeInference.layerNorm(tensors(operands), span);
            case Operation.ScaledDotProductAttention() -> LayerTypeInference.attention(tensors(operands));
            case Operation.Foreign function -> operands.getFirst();
            case Operation.ForeignGradient function -> operands.getFirst();
            case Operation.AddScaled() -> binary(BinaryOperation.ADD, operands.get(0), operands.get(1), span);
            case Operation.AddProduct() ->
                binary(
                        BinaryOperation.ADD,
                        operands.get(0),
                        binary(BinaryOperation.MULTIPLY, operands.get(1), operands.get(2), span),
                        span);
            case Operation.Reshape(Shape shape) -> reshape(tensor(operands.getFirst()), shape, span);
            case Operation.Permute(var order) -> permute(tensor(operands.getFirst()), order);
            case Operation.Broadcast(Shape shape) -> broadcastTo(tensor(operands.getFirst()), shape, span);
            case Operation.Concat(int axis) -> concat(operands, axis, span);
            case Operation.Slice(int axis, long from, long to, long step) ->
                slice(tensor(operands.getFirst()), axis, from, to, step);
            case Operation.Gather(int axis) -> gather(tensor(operands.get(0)), tensor(operands.get(1)), axis);
            case Operation.ScatterAdd(int axis, long size) -> scatterAdd(tensor(operands.get(0)), axis, size);
            case Operation.Variable(int number) -> operands.getFirst();
            case Operation.Detach() -> operands.getFirst();
            case Operation.Cast(DType dtype) ->
                Type.tensor(dtype, tensor(operands.getFirst()).shape());
            case Operation.Fill(DType dtype, Shape shape) -> Type.tensor(dtype, shape);
            case Operation.RandomNormal(DType dtype, Shape shape) -> Type.tensor(dtype, shape);
            case Operation.RandomUniform(DType dtype, Shape shape) -> Type.tensor(dtype, shape);
        };
    }

    /** Returns the shape that two operands broadcast to; throws an error that names both. */
    public static Shape broadcast(Shape left, Shape right, @Nullable Span span) {
        int rank = Math.max(left.rank(), right.rank());
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            long a = sizeFromEnd(left, rank - 1 - i);
            long b = sizeFromEnd(right, rank - 1 - i);
            if (a != b && a != 1 && b != 1) {
                throw Diagnostic.error("E0501", span, "shapes " + left + " and " + right + " do not broadcast")
                        .label("axis " + i + " has " + a + " on one side and " + b + " on the other")
                        .help("sizes must be equal or 1, counted from the last axis; `reshape` adds an axis of size 1")
                        .raise();
            }
            sizes.add(a == 1 ? b : a);
        }
        return new Shape(sizes);
    }

    private static long sizeFromEnd(Shape shape, int fromEnd) {
        return fromEnd < shape.rank() ? shape.size(shape.rank() - 1 - fromEnd) : 1;
    }

    private static Type.TensorType tensor(Type type) {
        return switch (type) {
            case Type.TensorType tensor -> tensor;
            case Type.Scalar number ->
                throw Diagnostic.error("E0517", null, "this takes a tensor, and is given a number")
                        .help("`full([1], x)` is a tensor of one element")
                        .raise();
        };
    }

    private static List<Type.TensorType> tensors(List<Type> types) {
        return types.stream().map(TypeInference::tensor).toList();
    }

    private static Type floating(Type.TensorType operand) {
        return Type.tensor(operand.dtype().promote(DType.FLOAT32), operand.shape());
    }

    private static Type summed(Type.TensorType operand) {
        return Type.tensor(operand.dtype().promote(DType.INT64), operand.shape());
    }

    private static Type unary(UnaryOperation function, Type operand) {
        return switch (operand) {
            case Type.Scalar scalar -> scalar;
            case Type.TensorType(DType dtype, Shape shape) -> Type.tensor(unaryResult(function, dtype), shape);
        };
    }

    private static DType unaryResult(UnaryOperation function, DType dtype) {
        return switch (function) {
            case NOT -> DType.BOOL;
            case NEGATE, SQUARE, ABS, SIGN, FLOOR, CEIL, ROUND, RELU -> dtype.promote(DType.INT64);
            default -> dtype.promote(DType.FLOAT32);
        };
    }

    private static Type binary(BinaryOperation function, Type left, Type right, @Nullable Span span) {
        if (left instanceof Type.Scalar && right instanceof Type.Scalar) {
            return Type.NUMBER;
        }
        Shape shape = broadcast(shapeOf(left), shapeOf(right), span);
        return Type.tensor(function.isPredicate() ? DType.BOOL : arithmetic(function, left, right), shape);
    }

    /** Returns the dtype of arithmetic. A host number never widens a floating tensor, but makes integers floating. */
    private static DType arithmetic(BinaryOperation function, Type left, Type right) {
        DType met =
                switch (left) {
                    case Type.Scalar scalar -> tensor(right).dtype().promote(DType.FLOAT32);
                    case Type.TensorType(DType a, var ignored) ->
                        switch (right) {
                            case Type.Scalar scalar -> a.promote(DType.FLOAT32);
                            case Type.TensorType(DType b, var alsoIgnored) ->
                                a.promote(b).promote(DType.INT64);
                        };
                };
        return function == BinaryOperation.DIVIDE ? met.promote(DType.FLOAT32) : met;
    }

    private static Shape shapeOf(Type type) {
        return switch (type) {
            case Type.Scalar scalar -> Shape.SCALAR;
            case Type.TensorType(var dtype, Shape shape) -> shape;
        };
    }

    /** Returns a number for numbers alone; two numbers selected by a mask have the default dtype, float32. */
    private static Type where(List<Type> operands, @Nullable Span span) {
        if (operands.stream().allMatch(Type.Scalar.class::isInstance)) {
            return Type.NUMBER;
        }
        Shape branches = broadcast(shapeOf(operands.get(1)), shapeOf(operands.get(2)), span);
        Shape shape = broadcast(shapeOf(operands.get(0)), branches, span);
        if (operands.get(1) instanceof Type.Scalar && operands.get(2) instanceof Type.Scalar) {
            return Type.tensor(DType.FLOAT32, shape);
        }
        return Type.tensor(arithmetic(BinaryOperation.ADD, operands.get(1), operands.get(2)), shape);
    }

    private static Type argMax(Shape shape, int axis, @Nullable Span span) {
        refuseEmpty(shape, List.of(axis), "place of the largest", span);
        return Type.tensor(DType.INT64, without(shape, List.of(axis), false));
    }

    private static void refuseEmpty(Shape shape, List<Integer> axes, String what, @Nullable Span span) {
        if (axes.stream().anyMatch(axis -> shape.size(axis) == 0)) {
            throw Diagnostic.error("E0516", span, "a tensor of shape " + shape + " has no " + what + " element")
                    .help("the tensor is empty: `x.shape` shows its sizes")
                    .raise();
        }
    }

    private static Type reduce(
            Reduction function, Type.TensorType operand, List<Integer> axes, boolean keep, @Nullable Span span) {
        switch (function) {
            case MIN -> refuseEmpty(operand.shape(), axes, "smallest", span);
            case MAX -> refuseEmpty(operand.shape(), axes, "largest", span);
            case SUM, MEAN -> {}
        }
        DType dtype = operand.dtype().promote(function == Reduction.MEAN ? DType.FLOAT32 : DType.INT64);
        return Type.tensor(dtype, without(operand.shape(), axes, keep));
    }

    private static Shape without(Shape shape, List<Integer> axes, boolean keep) {
        TreeSet<Integer> gone = new TreeSet<>(axes);
        List<Long> sizes = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!gone.contains(axis)) {
                sizes.add(shape.size(axis));
            } else if (keep) {
                sizes.add(1L);
            }
        }
        return new Shape(sizes);
    }

    private static Type matMul(Type.TensorType left, Type.TensorType right, @Nullable Span span) {
        Shape a = left.shape();
        Shape b = right.shape();
        if (a.rank() < 2 || b.rank() < 2 || a.size(a.rank() - 1) != b.size(b.rank() - 2)) {
            throw Diagnostic.error("E0502", span, "shapes " + a + " and " + b + " do not multiply as matrices")
                    .help("`x @ y` needs the last axis of x as long as the last but one of y")
                    .raise();
        }
        Shape batch = broadcast(leading(a), leading(b), span);
        List<Long> sizes = new ArrayList<>(batch.sizes());
        sizes.add(a.size(a.rank() - 2));
        sizes.add(b.size(b.rank() - 1));
        return Type.tensor(left.dtype().promote(right.dtype()).promote(DType.INT64), new Shape(sizes));
    }

    private static Shape leading(Shape shape) {
        return new Shape(shape.sizes().subList(0, shape.rank() - 2));
    }

    private static Type linear(Type.TensorType operand, Type.TensorType weight, @Nullable Span span) {
        Shape shape = operand.shape();
        if (shape.rank() < 1 || shape.size(shape.rank() - 1) != weight.shape().size(1)) {
            throw Diagnostic.error(
                            "E0503", span, "a layer for " + weight.shape().size(1) + " features is given " + shape)
                    .raise();
        }
        return Type.tensor(
                operand.dtype().promote(weight.dtype()),
                shape.with(shape.rank() - 1, weight.shape().size(0)));
    }

    private static Type reshape(Type.TensorType operand, Shape shape, @Nullable Span span) {
        if (!shape.isCountable() || operand.shape().elements() != shape.elements()) {
            throw Diagnostic.error("E0504", span, "a tensor of shape " + operand.shape() + " cannot become " + shape)
                    .label(operand.shape().elements() + " elements are not "
                            + (shape.isCountable() ? shape.elements() : "more than 2^63"))
                    .raise();
        }
        return Type.tensor(operand.dtype(), shape);
    }

    private static Type permute(Type.TensorType operand, List<Integer> order) {
        return Type.tensor(
                operand.dtype(),
                new Shape(order.stream().map(axis -> operand.shape().size(axis)).toList()));
    }

    private static Type broadcastTo(Type.TensorType operand, Shape shape, @Nullable Span span) {
        if (!broadcast(operand.shape(), shape, span).equals(shape)) {
            throw Diagnostic.error("E0501", span, "shape " + operand.shape() + " does not broadcast to " + shape)
                    .raise();
        }
        return Type.tensor(operand.dtype(), shape);
    }

    private static Type concat(List<Type> operands, int axis, @Nullable Span span) {
        Type.TensorType first = tensor(operands.getFirst());
        DType dtype = first.dtype();
        long total = 0;
        for (Type type : operands) {
            Shape shape = tensor(type).shape();
            if (shape.rank() != first.shape().rank()
                    || !shape.with(axis, 0).equals(first.shape().with(axis, 0))) {
                throw Diagnostic.error(
                                "E0505",
                                span,
                                "shapes " + first.shape() + " and " + shape + " do not join along axis " + axis)
                        .help("all axes but the joined one must agree")
                        .raise();
            }
            total += shape.size(axis);
            dtype = dtype.promote(tensor(type).dtype());
        }
        return Type.tensor(dtype, first.shape().with(axis, total));
    }

    private static Type slice(Type.TensorType operand, int axis, long from, long to, long step) {
        long length = Math.max(0, (to - from + step - 1) / step);
        return Type.tensor(operand.dtype(), operand.shape().with(axis, length));
    }

    private static Type gather(Type.TensorType operand, Type.TensorType index, int axis) {
        return Type.tensor(
                operand.dtype(), operand.shape().with(axis, index.shape().size(0)));
    }

    private static Type scatterAdd(Type.TensorType operand, int axis, long size) {
        return Type.tensor(operand.dtype().promote(DType.INT64), operand.shape().with(axis, size));
    }

    /** Returns the dtype that both operands are cast to; at least one is a tensor. */
    public static DType meeting(BinaryOperation function, Node x, Node y, DType result) {
        if (!function.isPredicate()) {
            return result;
        }
        if (x.isNumber() || y.isNumber()) {
            DType dtype = x.isNumber() ? y.dtype() : x.dtype();
            return dtype.isFloating() ? dtype : DType.FLOAT64;
        }
        return x.dtype().promote(y.dtype());
    }
}
