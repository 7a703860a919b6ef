package org.sdescript.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.graph.Window;

/** Every operation with operands of every type that it accepts, from one seed. */
final class Cases {
    record Case(Operation operation, List<Type> operands, List<double[]> values) {
        /** True for a whole remainder by a truth value, which is an error in the engine, as in Python. */
        boolean dividesWholeNumbersByZero() {
            return operation.equals(new Operation.Binary(BinaryOperation.MODULO))
                    && operands.get(0) instanceof Type.TensorType x
                    && !x.dtype().isFloating()
                    && operands.get(1) instanceof Type.TensorType y
                    && y.dtype() == DType.BOOL;
        }

        @Override
        public String toString() {
            return operation + " of " + operands;
        }
    }

    private final Random random;
    private final List<Case> cases = new ArrayList<>();

    private Cases(long seed) {
        random = new Random(seed);
    }

    static List<Case> all(long seed) {
        Cases all = new Cases(seed);
        all.elementwise();
        all.shapes();
        all.reductions();
        all.products();
        all.images();
        all.norms();
        return all.cases;
    }

    private void elementwise() {
        for (UnaryOperation function : UnaryOperation.values()) {
            for (DType dtype : DType.values()) {
                add(new Operation.Unary(function), tensor(dtype, randomShape(random.nextInt(4))));
            }
            add(new Operation.Unary(function), Type.NUMBER);
        }
        for (BinaryOperation function : BinaryOperation.values()) {
            for (DType left : DType.values()) {
                for (DType right : DType.values()) {
                    Shape shape = randomShape(3);
                    add(new Operation.Binary(function), tensor(left, shape), tensor(right, broadcastable(shape)));
                }
                add(new Operation.Binary(function), tensor(left, randomShape(2)), Type.NUMBER);
                add(new Operation.Binary(function), Type.NUMBER, tensor(left, randomShape(2)));
                add(new Operation.Binary(function), Type.NUMBER, tensor(left, Shape.SCALAR));
            }
            add(new Operation.Binary(function), Type.NUMBER, Type.NUMBER);
        }
        Shape shape = Shape.of(3, 4);
        for (DType dtype : DType.values()) {
            add(new Operation.Where(), tensor(DType.BOOL, shape), tensor(dtype, Shape.of(4)), Type.NUMBER);
            add(new Operation.Where(), tensor(DType.BOOL, shape), tensor(dtype, shape), tensor(DType.FLOAT32, shape));
            add(new Operation.Where(), tensor(dtype, shape), Type.NUMBER, Type.NUMBER);
            add(new Operation.Where(), Type.NUMBER, tensor(dtype, Shape.of(4)), tensor(dtype, Shape.of(3, 1)));
            for (DType other : DType.values()) {
                add(new Operation.Cast(other), tensor(dtype, shape));
            }
            add(new Operation.Fill(dtype, shape), Type.NUMBER);
        }
        add(new Operation.Where(), Type.NUMBER, Type.NUMBER, Type.NUMBER);
    }

    private void shapes() {
        for (DType dtype : DType.values()) {
            add(new Operation.Variable(0), tensor(dtype, Shape.of(2, 3)));
            add(new Operation.Detach(), tensor(dtype, Shape.of(2, 3)));
            add(new Operation.Reshape(Shape.of(6, 4)), tensor(dtype, Shape.of(2, 3, 4)));
            add(new Operation.Permute(List.of(2, 0, 1)), tensor(dtype, Shape.of(2, 3, 4)));
            add(new Operation.Broadcast(Shape.of(5, 3, 4)), tensor(dtype, Shape.of(3, 1)));
            add(new Operation.Concat(1), tensor(dtype, Shape.of(2, 3)), tensor(DType.FLOAT32, Shape.of(2, 4)));
            add(new Operation.Slice(1, 1, 6, 2), tensor(dtype, Shape.of(3, 7)));
            add(new Operation.Slice(0, 2, 1, 1), tensor(dtype, Shape.of(3, 2)));
            add(new Operation.Literal(dtype, Shape.of(2), List.of(1.0, 0.0)));
            for (int axis = 0; axis < 3; axis++) {
                Type index = tensor(DType.INT64, Shape.of(5));
                add(new Operation.Gather(axis), tensor(dtype, Shape.of(3, 4, 2)), index);
                cases.getLast().values().set(1, new double[] {0, 1, 1, 0, 1});
                add(
                        new Operation.ScatterAdd(axis, 4),
                        tensor(dtype, Shape.of(3, 2, 5).with(axis, 5)),
                        index);
                cases.getLast().values().set(1, new double[] {0, 1, 3, 0, 1});
            }
        }
    }

    private void reductions() {
        for (Reduction function : Reduction.values()) {
            for (DType dtype : DType.values()) {
                for (List<Integer> axes : List.of(List.<Integer>of(), List.of(1), List.of(0, 2), List.of(2, 0, 1))) {
                    for (boolean keep : new boolean[] {false, true}) {
                        add(new Operation.Reduce(function, axes, keep), tensor(dtype, Shape.of(3, 4, 2)));
                    }
                }
            }
        }
        for (int axis = 0; axis < 3; axis++) {
            for (DType dtype : DType.values()) {
                add(new Operation.CumulativeSum(axis, false), tensor(dtype, Shape.of(3, 4, 2)));
                add(new Operation.CumulativeSum(axis, true), tensor(dtype, Shape.of(3, 4, 2)));
            }
        }
        for (int axis = 0; axis < 3; axis++) {
            add(new Operation.ArgMax(axis), tensor(DType.FLOAT32, Shape.of(3, 4, 2)));
        }
    }

    private void products() {
        for (DType dtype : new DType[] {DType.INT64, DType.FLOAT32, DType.FLOAT64}) {
            add(new Operation.MatMul(), tensor(dtype, Shape.of(3, 4)), tensor(DType.FLOAT32, Shape.of(4, 2)));
            add(new Operation.MatMul(), tensor(dtype, Shape.of(5, 3, 4)), tensor(dtype, Shape.of(4, 2)));
            add(new Operation.MatMul(), tensor(dtype, Shape.of(5, 1, 3, 4)), tensor(dtype, Shape.of(6, 4, 2)));
        }
        for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            Type matrix = tensor(dtype, Shape.of(3, 4));
            Type row = tensor(dtype, Shape.of(4));
            add(new Operation.AddScaled(), matrix, row, Type.NUMBER);
            add(new Operation.AddScaled(), row, matrix, Type.NUMBER);
            add(new Operation.AddProduct(), row, matrix, matrix);
            add(new Operation.AddProduct(), matrix, tensor(dtype, Shape.of(3, 1)), row);
            Type weight = tensor(dtype, Shape.of(5, 4));
            Type bias = tensor(dtype, Shape.of(5));
            add(new Operation.Linear(), tensor(dtype, Shape.of(3, 4)), weight, bias);
            add(new Operation.Linear(), tensor(dtype, Shape.of(2, 3, 4)), weight, bias);
            add(new Operation.Linear(), tensor(dtype, Shape.of(4)), weight, bias);
            add(new Operation.Linear(), tensor(dtype, Shape.of(3, 4)), weight);
            add(new Operation.AddLinear(), tensor(dtype, Shape.of(3, 4)), weight, bias, tensor(dtype, Shape.of(3, 5)));
        }
    }

    /** Convolutions with even and odd kernels, strides that do not divide the size, and height different from width. */
    private void images() {
        for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            Type images = tensor(dtype, Shape.of(2, 3, 5, 6));
            for (Window window : List.of(new Window(1, 1, 1), new Window(2, 0, 1), new Window(3, 2, 2))) {
                add(
                        new Operation.Conv2d(window),
                        images,
                        tensor(dtype, Shape.of(4, 3, 3, 3)),
                        tensor(dtype, Shape.of(4)));
                add(new Operation.Conv2d(window), images, tensor(dtype, Shape.of(2, 3, 2, 1)));
                Type few = tensor(dtype, Shape.of(2, 3, 2, 3));
                Type kernel = tensor(dtype, Shape.of(3, 2, 3, 3));
                add(new Operation.ConvTranspose2d(window, 0, 0), few, kernel, tensor(dtype, Shape.of(2)));
                add(new Operation.ConvTranspose2d(window, window.stride() - 1, 0), few, kernel);
            }
            add(
                    new Operation.ConvTranspose2d(new Window(1, 1, 1), 1, 2),
                    images,
                    tensor(dtype, Shape.of(3, 2, 2, 2)),
                    tensor(dtype, Shape.of(2)));
            add(new Operation.AvgPool2d(2), images);
            add(new Operation.AvgPool2d(3), images);
            add(new Operation.UpsampleNearest2d(1), images);
            add(new Operation.UpsampleNearest2d(3), images);
        }
    }

    private void norms() {
        for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            Type four = tensor(dtype, Shape.of(4));
            for (int groups : new int[] {1, 2}) {
                add(new Operation.GroupNorm(groups, 1e-5), tensor(dtype, Shape.of(3, 4, 2, 3)), four, four);
            }
            add(new Operation.GroupNorm(2, 0.1), tensor(dtype, Shape.of(3, 4)), four, four);
            add(new Operation.LayerNorm(1e-5), tensor(dtype, Shape.of(3, 2, 4)), four, four);
            add(new Operation.LayerNorm(0.1), four, four, four);
            for (int axis = 0; axis < 3; axis++) {
                add(new Operation.Softmax(axis), tensor(dtype, Shape.of(2, 3, 4)));
            }
            Type queries = tensor(dtype, Shape.of(2, 3, 5, 4));
            Type keys = tensor(dtype, Shape.of(2, 3, 2, 4));
            add(new Operation.ScaledDotProductAttention(), queries, keys, tensor(dtype, Shape.of(2, 3, 2, 6)));
            add(new Operation.ScaledDotProductAttention(), tensor(dtype, Shape.of(3, 4)), four(dtype), four(dtype));
        }
        add(new Operation.Softmax(0), tensor(DType.INT64, Shape.of(3)));
        add(new Operation.UpsampleNearest2d(2), tensor(DType.INT64, Shape.of(2, 1, 2, 3)));
    }

    private static Type four(DType dtype) {
        return tensor(dtype, Shape.of(1, 4));
    }

    private void add(Operation operation, Type... operands) {
        List<double[]> values = new ArrayList<>();
        for (Type operand : operands) {
            values.add(values(operand, operation));
        }
        cases.add(new Case(operation, List.of(operands), values));
    }

    private static Type tensor(DType dtype, Shape shape) {
        return Type.tensor(dtype, shape);
    }

    private Shape randomShape(int rank) {
        return Shape.of(random.longs(rank, 1, 5).toArray());
    }

    private Shape broadcastable(Shape shape) {
        int rank = random.nextInt(shape.rank() + 1);
        long[] sizes = new long[rank];
        for (int i = 0; i < rank; i++) {
            sizes[i] = random.nextBoolean() ? 1 : shape.size(shape.rank() - rank + i);
        }
        return Shape.of(sizes);
    }

    private double[] values(Type type, Operation operation) {
        return switch (type) {
            case Type.Scalar s -> new double[] {(float) element(operation)};
            case Type.TensorType(DType dtype, Shape shape) ->
                random.doubles(shape.elements())
                        .map(ignored -> switch (dtype) {
                            case BOOL -> random.nextInt(2);
                            case INT64 -> positive(operation) ? 1 + random.nextInt(4) : random.nextInt(9) - 4;
                            case FLOAT32 -> (float) element(operation);
                            case FLOAT64 -> element(operation);
                        })
                        .toArray();
        };
    }

    private double element(Operation operation) {
        double normal = 2 * random.nextGaussian();
        return positive(operation) ? Math.abs(normal) + 0.1 : normal;
    }

    /** True if positive operands are needed to stay away from poles: for roots, logarithms, powers and quotients. */
    private static boolean positive(Operation operation) {
        return switch (operation) {
            case Operation.Unary(var f) ->
                f == UnaryOperation.SQRT
                        || f == UnaryOperation.LOG
                        || f == UnaryOperation.LOG1P
                        || f == UnaryOperation.RECIPROCAL;
            case Operation.Binary(var f) -> f == BinaryOperation.POWER || f == BinaryOperation.MODULO;
            default -> false;
        };
    }
}
