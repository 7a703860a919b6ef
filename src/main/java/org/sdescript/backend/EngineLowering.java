package org.sdescript.backend;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.HostArithmetic;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.graph.TypeInference;
import org.sdescript.graph.UnaryOperation;

/** Lowers each operation to calls of the engine. */
final class EngineLowering {
    private EngineLowering() {}

    static void lower(Node node, Planner plan) {
        switch (node.operation()) {
            case Operation.Input(int index, var type) -> plan.input(node, index);
            case Operation.Number(double value) -> plan.constant(node, value);
            case Operation.Literal(DType dtype, Shape shape, var values) -> literal(node, dtype, shape, values, plan);
            case Operation.Unary(var function) -> unary(node, function, plan);
            case Operation.Binary(var function) -> binary(node, function, plan);
            case Operation.Where() -> where(node, plan);
            case Operation.Reduce(var function, var axes, boolean keep) -> reduce(node, function, axes, keep, plan);
            case Operation.ArgMax(int axis) -> plan.map(node, first(node, plan), x -> JniUtils.argMax(x, axis, false));
            case Operation.CumulativeSum(int axis, boolean backward) ->
                plan.map(node, operand(node, 0, plan), x -> cumulativeSum(x, axis, backward));
            case Operation.MatMul() ->
                plan.combine(node, operand(node, 0, plan), operand(node, 1, plan), JniUtils::matmul);
            case Operation.Linear() -> linear(node, plan);
            case Operation.Softmax(int axis) ->
                plan.map(node, operand(node, 0, plan), x -> LayerLowering.softmax(x, axis));
            case Operation.Conv2d(var window) ->
                plan.gather(node, operands(node, plan), xs -> LayerLowering.conv2d(xs, window));
            case Operation.ConvTranspose2d(var window, int bottom, int right) ->
                plan.gather(node, operands(node, plan), xs -> LayerLowering.convTranspose2d(xs, window, bottom, right));
            case Operation.AvgPool2d(int size) ->
                plan.map(node, operand(node, 0, plan), x -> LayerLowering.avgPool2d(x, size));
            case Operation.UpsampleNearest2d(int factor) ->
                plan.map(node, operand(node, 0, plan), x -> LayerLowering.upsample2d(x, factor));
            case Operation.GroupNorm(int groups, double eps) ->
                plan.gather(
                        node, operands(node, plan), xs -> LayerLowering.groupNorm(xs[0], xs[1], xs[2], groups, eps));
            case Operation.LayerNorm(double eps) ->
                plan.gather(node, operands(node, plan), xs -> LayerLowering.layerNorm(xs[0], xs[1], xs[2], eps));
            case Operation.ScaledDotProductAttention() ->
                plan.gather(node, operands(node, plan), xs -> LayerLowering.attention(xs[0], xs[1], xs[2]));
            case Operation.Foreign(var function) ->
                plan.gather(node, tensors(node, plan), ((ForeignModule) function)::forward);
            case Operation.ForeignGradient(var function) ->
                plan.gather(node, tensors(node, plan), ((ForeignModule) function)::gradient);
            case Operation.AddLinear() -> addLinear(node, plan);
            case Operation.AddScaled() -> addProduct(node, plan);
            case Operation.AddProduct() -> addProduct(node, plan);
            case Operation.Reshape(Shape shape) -> reshape(node, shape.toArray(), plan);
            case Operation.Permute(var order) -> permute(node, order, plan);
            case Operation.Broadcast(Shape shape) -> plan.map(node, first(node, plan), x -> broadcast(x, shape));
            case Operation.Concat(int axis) -> plan.gather(node, operands(node, plan), xs -> JniUtils.cat(xs, axis));
            case Operation.Slice(int axis, long from, long to, long step) ->
                plan.map(node, first(node, plan), x -> JniUtils.slice(x, axis, from, Math.max(from, to), step));
            case Operation.Gather(int axis) -> gather(node, axis, plan);
            case Operation.ScatterAdd(int axis, long size) -> scatterAdd(node, axis, size, plan);
            case Operation.Variable(int number) -> same(node, plan, x -> broadcast(x, node.shape()));
            case Operation.Detach() -> same(node, plan, JniUtils::detachGradient);
            case Operation.Cast(DType dtype) ->
                plan.map(node, first(node, plan), x -> EngineElementwise.cast(x, dtype));
            case Operation.Fill(DType dtype, Shape shape) -> fill(node, dtype, DjlTypes.shape(shape), plan);
            case Operation.RandomNormal(DType dtype, Shape shape) ->
                plan.create(node, frame -> normal(frame, dtype, shape));
            case Operation.RandomUniform(DType dtype, Shape shape) ->
                plan.create(node, frame -> uniform(frame, dtype, shape));
        }
    }

    private static int first(Node node, Planner plan) {
        return plan.tensor(node.inputs().getFirst());
    }

    /** Operands in their own dtypes. */
    private static int[] tensors(Node node, Planner plan) {
        return node.inputs().stream().mapToInt(plan::tensor).toArray();
    }

    /** An operand in the dtype of the result. */
    private static int operand(Node node, int index, Planner plan) {
        return plan.tensor(node.inputs().get(index), node.dtype());
    }

    private static int[] operands(Node node, Planner plan) {
        return node.inputs().stream()
                .mapToInt(input -> plan.tensor(input, node.dtype()))
                .toArray();
    }

    private static void literal(Node node, DType dtype, Shape shape, List<Double> values, Planner plan) {
        double[] numbers = values.stream().mapToDouble(Double::doubleValue).toArray();
        plan.create(node, frame -> frame.staging().upload(frame.scope(), dtype, shape, numbers));
    }

    private static void unary(Node node, UnaryOperation function, Planner plan) {
        Node input = node.inputs().getFirst();
        if (node.isNumber()) {
            int x = plan.number(input);
            plan.compute(node, numbers -> HostArithmetic.apply(function, numbers[x]));
        } else if (function == UnaryOperation.NOT) {
            plan.map(node, plan.tensor(input), EngineElementwise.function(function, DType.BOOL));
        } else {
            plan.map(node, operand(node, 0, plan), EngineElementwise.function(function, node.dtype()));
        }
    }

    private static void binary(Node node, BinaryOperation function, Planner plan) {
        Node left = node.inputs().get(0);
        Node right = node.inputs().get(1);
        if (node.isNumber()) {
            int x = plan.number(left);
            int y = plan.number(right);
            plan.compute(node, numbers -> HostArithmetic.apply(function, numbers[x], numbers[y]));
        } else if (function == BinaryOperation.POWER && isTwo(right)) {
            plan.map(node, operand(node, 0, plan), JniUtils::square);
        } else {
            DType dtype = TypeInference.meeting(function, left, right, node.dtype());
            plan.combine(
                    node, plan.tensor(left, dtype), plan.tensor(right, dtype), EngineElementwise.function(function));
        }
    }

    private static PtNDArray cumulativeSum(PtNDArray x, int axis, boolean backward) {
        if (!backward) {
            return JniUtils.cumSum(x, axis);
        }
        long[] axes = {axis};
        try (PtNDArray turned = JniUtils.flip(x, axes);
                PtNDArray summed = JniUtils.cumSum(turned, axis)) {
            return JniUtils.flip(summed, axes);
        }
    }

    private static boolean isTwo(Node node) {
        return node.operation() instanceof Operation.Number(double value) && value == 2;
    }

    private static void where(Node node, Planner plan) {
        Node mask = node.inputs().get(0);
        if (node.isNumber()) {
            int m = plan.number(mask);
            int a = plan.number(node.inputs().get(1));
            int b = plan.number(node.inputs().get(2));
            plan.compute(node, numbers -> numbers[m] != 0 ? numbers[a] : numbers[b]);
        } else {
            int[] slots = {plan.tensor(mask, DType.BOOL), operand(node, 1, plan), operand(node, 2, plan)};
            plan.gather(node, slots, xs -> JniUtils.where(xs[0], xs[1], xs[2]));
        }
    }

    private static void reduce(Node node, Reduction function, List<Integer> axes, boolean keep, Planner plan) {
        long[] sorted =
                axes.stream().mapToLong(Integer::longValue).distinct().sorted().toArray();
        int x = operand(node, 0, plan);
        if (sorted.length == 0) {
            plan.map(node, x, a -> EngineElementwise.cast(a, node.dtype()));
        } else if (function == Reduction.SUM) {
            plan.map(node, x, a -> JniUtils.sum(a, sorted, keep));
        } else {
            plan.map(node, x, a -> reduceEach(function, a, sorted, keep));
        }
    }

    /** Reduces one axis after the other, the last axis first so that the axes before it keep their positions. */
    private static PtNDArray reduceEach(Reduction function, PtNDArray x, long[] axes, boolean keep) {
        PtNDArray reduced = reduceOne(function, x, axes[axes.length - 1], keep);
        for (int i = axes.length - 2; i >= 0; i--) {
            try (PtNDArray previous = reduced) {
                reduced = reduceOne(function, previous, axes[i], keep);
            }
        }
        return reduced;
    }

    private static PtNDArray reduceOne(Reduction function, PtNDArray x, long axis, boolean keep) {
        return switch (function) {
            case SUM -> JniUtils.sum(x, new long[] {axis}, keep);
            case MEAN -> JniUtils.mean(x, axis, keep);
            case MIN -> JniUtils.min(x, axis, keep);
            case MAX -> JniUtils.max(x, axis, keep);
        };
    }

    /** Lowers a layer whose bias is optional. */
    private static void linear(Node node, Planner plan) {
        plan.gather(node, operands(node, plan), xs -> JniUtils.linear(xs[0], xs[1], xs.length > 2 ? xs[2] : null));
    }

    private static void addLinear(Node node, Planner plan) {
        plan.gather(node, operands(node, plan), xs -> {
            try (PtNDArray layer = JniUtils.linear(xs[0], xs[1], xs[2])) {
                return JniUtils.add(layer, xs[3]);
            }
        });
    }

    private static void addProduct(Node node, Planner plan) {
        plan.gather(node, operands(node, plan), xs -> {
            try (PtNDArray product = JniUtils.mul(xs[1], xs[2])) {
                return JniUtils.add(xs[0], product);
            }
        });
    }

    private static void reshape(Node node, long[] sizes, Planner plan) {
        plan.map(node, first(node, plan), x -> JniUtils.reshape(x, sizes));
    }

    private static void permute(Node node, List<Integer> order, Planner plan) {
        long[] axes = order.stream().mapToLong(Integer::longValue).toArray();
        plan.map(node, first(node, plan), x -> JniUtils.permute(x, axes));
    }

    private static PtNDArray broadcast(PtNDArray x, Shape shape) {
        return JniUtils.broadcast(x, DjlTypes.shape(shape));
    }

    /** Gathers rows as an embedding of a matrix; along other axes the index is broadcast to the shape of the result. */
    private static void gather(Node node, int axis, Planner plan) {
        int x = first(node, plan);
        int index = plan.tensor(node.inputs().get(1), DType.INT64);
        Shape source = node.inputs().getFirst().shape();
        long[] result = node.shape().toArray();
        if (axis == 0) {
            long rows = source.size(0);
            long[] matrix = {rows, rows == 0 ? 0 : source.elements() / rows};
            plan.combine(node, x, index, (a, i) -> rows(a, i, matrix, result));
        } else {
            long[] column = new long[result.length];
            Arrays.fill(column, 1);
            column[axis] = result[axis];
            plan.combine(node, x, index, (a, i) -> pick(a, i, axis, column, node.shape()));
        }
    }

    private static PtNDArray rows(PtNDArray x, PtNDArray index, long[] matrix, long[] result) {
        try (PtNDArray table = JniUtils.reshape(x, matrix);
                PtNDArray chosen = JniUtils.embedding(index, table, false)) {
            return JniUtils.reshape(chosen, result);
        }
    }

    private static PtNDArray pick(PtNDArray x, PtNDArray index, int axis, long[] column, Shape result) {
        try (PtNDArray standing = JniUtils.reshape(index, column);
                PtNDArray spread = broadcast(standing, result)) {
            return JniUtils.gather(x, spread, axis);
        }
    }

    /**
     * Multiplies by the 0-1 matrix that has a column for each position, because the engine's interface has no sum over
     * repeated positions.
     */
    private static void scatterAdd(Node node, int axis, long size, Planner plan) {
        int x = operand(node, 0, plan);
        int index = plan.tensor(node.inputs().get(1), DType.INT64);
        Shape source = node.inputs().getFirst().shape();
        long[] blocks = {
            product(source.sizes().subList(0, axis)),
            source.size(axis),
            product(source.sizes().subList(axis + 1, source.rank()))
        };
        long[] result = node.shape().toArray();
        plan.combine(node, x, index, (a, i) -> {
            // the engine's oneHot would forget the whole numbers that it casts from
            try (PtNDArray ones = JniUtils.oneHot(i, Math.toIntExact(size), DataType.INT64);
                    PtNDArray rows = EngineElementwise.cast(ones, node.dtype());
                    PtNDArray columns = JniUtils.transpose(rows, 0, 1);
                    PtNDArray parts = JniUtils.reshape(a, blocks);
                    PtNDArray sums = JniUtils.matmul(columns, parts)) {
                return JniUtils.reshape(sums, result);
            }
        });
    }

    private static long product(List<Long> sizes) {
        return new Shape(sizes).elements();
    }

    /** @param view maps a tensor to a view of all its elements */
    private static void same(Node node, Planner plan, UnaryOperator<PtNDArray> view) {
        Node input = node.inputs().getFirst();
        if (node.isNumber()) {
            int x = plan.number(input);
            plan.compute(node, numbers -> numbers[x]);
        } else {
            plan.map(node, plan.tensor(input), view);
        }
    }

    private static void fill(Node node, DType dtype, ai.djl.ndarray.types.Shape shape, Planner plan) {
        int value = plan.number(node.inputs().getFirst());
        var type = DjlTypes.dataType(dtype);
        plan.create(
                node,
                frame -> JniUtils.full(
                        frame.scope(),
                        shape,
                        dtype.holding(frame.numbers()[value]),
                        type,
                        frame.scope().getDevice(),
                        SparseFormat.DENSE));
    }

    private static PtNDArray normal(ExecutionFrame frame, DType dtype, Shape shape) {
        double[] values = frame.staging().scratch(shape);
        frame.random().normal(shape, values);
        return frame.staging().upload(frame.scope(), dtype, shape, values);
    }

    private static PtNDArray uniform(ExecutionFrame frame, DType dtype, Shape shape) {
        double[] values = frame.staging().scratch(shape);
        frame.random().uniform(shape, values);
        return frame.staging().uploadFractions(frame.scope(), dtype, shape, values);
    }
}
