package org.sdescript.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Graph;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.graph.UnaryOperation;

/**
 * A graph generated from a seed, with inputs. Values are bounded by tanh, so that rounding errors stay small, and no
 * operation has a jump, where rounding would decide the result.
 *
 * @param inputs the elements of each input
 */
record GeneratedGraph(int seed, Graph graph, List<double[]> inputs) {
    private static final List<UnaryOperation> SMOOTH = List.of(
            UnaryOperation.NEGATE,
            UnaryOperation.SQUARE,
            UnaryOperation.EXP,
            UnaryOperation.EXPM1,
            UnaryOperation.ABS,
            UnaryOperation.SIN,
            UnaryOperation.COS,
            UnaryOperation.TANH,
            UnaryOperation.ATAN,
            UnaryOperation.ERF,
            UnaryOperation.SIGMOID,
            UnaryOperation.SILU,
            UnaryOperation.RELU,
            UnaryOperation.GELU,
            UnaryOperation.ELU,
            UnaryOperation.SOFTPLUS);

    private static final List<BinaryOperation> ARITHMETIC = List.of(
            BinaryOperation.ADD,
            BinaryOperation.SUBTRACT,
            BinaryOperation.MULTIPLY,
            BinaryOperation.MINIMUM,
            BinaryOperation.MAXIMUM);

    static GeneratedGraph of(int seed, DType precision) {
        return new Generator(seed, precision).generate();
    }

    /** Generates a graph. */
    private static final class Generator {
        private final int seed;
        private final DType precision;
        private final Random random;
        private final GraphBuilder graph = new GraphBuilder();
        private final List<double[]> inputs = new ArrayList<>();
        private final List<Node> tensors = new ArrayList<>();
        private final List<Node> numbers = new ArrayList<>();
        private final int batch;
        private final int width;

        Generator(int seed, DType precision) {
            this.seed = seed;
            this.precision = precision;
            this.random = new Random(seed);
            this.batch = 1 + random.nextInt(4);
            this.width = 1 + random.nextInt(4);
        }

        GeneratedGraph generate() {
            input(Type.tensor(precision, Shape.of(batch, width)));
            input(Type.tensor(precision, Shape.of(batch, 1)));
            input(Type.tensor(precision, Shape.of(width)));
            input(Type.tensor(DType.INT64, Shape.of(batch, width)));
            input(Type.NUMBER);
            input(Type.NUMBER);
            numbers.add(graph.number(0.1 * random.nextInt(20)));
            int steps = 5 + random.nextInt(30);
            for (int i = 0; i < steps; i++) {
                tensors.add(bounded(step()));
            }
            List<Node> outputs =
                    List.of(tensors.getLast(), one(tensors), one(tensors), one(numbers), mean(one(tensors)));
            return new GeneratedGraph(seed, graph.build(outputs), inputs);
        }

        private void input(Type type) {
            Node node = graph.input(type, null);
            int count = type instanceof Type.TensorType t ? (int) t.shape().elements() : 1;
            boolean whole = type instanceof Type.TensorType t && t.dtype() == DType.INT64;
            double[] values = random.doubles(count, -2, 2)
                    .map(v -> whole ? Math.rint(v) : v)
                    .toArray();
            inputs.add(values);
            (node.isNumber() ? numbers : tensors).add(node);
        }

        private <T> T one(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        private Node add(Operation operation, Node... operands) {
            return graph.add(operation, List.of(operands), null);
        }

        private Node floating(Node node) {
            return node.dtype().isFloating() ? node : add(new Operation.Cast(precision), node);
        }

        private Node bounded(Node node) {
            return add(new Operation.Unary(UnaryOperation.TANH), floating(node));
        }

        private Node mean(Node node) {
            List<Integer> axes = new ArrayList<>();
            for (int axis = 0; axis < node.shape().rank(); axis++) {
                axes.add(axis);
            }
            return add(new Operation.Reduce(Reduction.MEAN, axes, false), floating(node));
        }

        private Node matrix() {
            return add(new Operation.Broadcast(Shape.of(batch, width)), floating(wide()));
        }

        /** A tensor that broadcasts to [batch, width]. */
        private Node wide() {
            return one(tensors.stream()
                    .filter(node -> node.shape().rank() > 0 && fits(node.shape()))
                    .toList());
        }

        private boolean fits(Shape shape) {
            int rank = shape.rank();
            return rank <= 2
                    && (shape.size(rank - 1) == width || shape.size(rank - 1) == 1)
                    && (rank == 1 || shape.size(0) == batch || shape.size(0) == 1);
        }

        private Node step() {
            return switch (random.nextInt(17)) {
                case 0, 1 -> add(new Operation.Unary(one(SMOOTH)), floating(one(tensors)));
                case 2, 3 -> add(new Operation.Binary(one(ARITHMETIC)), wide(), floating(wide()));
                case 4 -> add(new Operation.Binary(one(ARITHMETIC)), floating(wide()), number());
                case 5 -> add(new Operation.Binary(one(ARITHMETIC)), number(), floating(wide()));
                case 6 -> quotient();
                case 7 ->
                    add(
                            new Operation.Reduce(one(List.of(Reduction.values())), List.of(random.nextInt(2)), true),
                            matrix());
                case 8 -> add(new Operation.MatMul(), matrix(), add(new Operation.Permute(List.of(1, 0)), matrix()));
                case 9 -> add(new Operation.Linear(), matrix(), literal(width, width), literal(width));
                case 10 -> add(new Operation.Concat(random.nextInt(2)), matrix(), matrix());
                case 11 -> add(new Operation.Slice(1, 0, width, 1 + random.nextInt(2)), matrix());
                case 12 -> add(new Operation.Reshape(Shape.of(width, batch)), matrix());
                case 13 -> choice();
                case 14 -> repeated();
                case 15 -> update();
                default -> add(new Operation.RandomNormal(precision, Shape.of(batch, width)));
            };
        }

        private Node number() {
            Node x = one(numbers);
            Node y = add(new Operation.Unary(UnaryOperation.SIN), x);
            numbers.add(y);
            return y;
        }

        /** x / (1 + y²), where x may be a number. */
        private Node quotient() {
            Node square = add(new Operation.Unary(UnaryOperation.SQUARE), floating(wide()));
            Node divisor = add(new Operation.Binary(BinaryOperation.ADD), square, graph.number(1));
            Node dividend = random.nextBoolean() ? number() : wide();
            return add(new Operation.Binary(BinaryOperation.DIVIDE), dividend, divisor);
        }

        /** Selects where the whole numbers of the input are positive, which no rounding affects. */
        private Node choice() {
            Node mask = add(new Operation.Binary(BinaryOperation.GREATER), tensors.get(3), graph.number(0));
            return add(new Operation.Where(), mask, matrix(), random.nextBoolean() ? number() : matrix());
        }

        /** Features that are equal for every sample. */
        private Node repeated() {
            Node times = add(new Operation.Fill(precision, Shape.of(batch)), number());
            Node column = add(new Operation.Reshape(Shape.of(batch, 1)), times);
            Node features = add(new Operation.Binary(BinaryOperation.MULTIPLY), column, literal(width));
            return add(new Operation.Linear(), features, literal(width, width), literal(width));
        }

        /** x + c·y + y·z. */
        private Node update() {
            Node y = matrix();
            Node scaled = add(new Operation.Binary(BinaryOperation.MULTIPLY), number(), y);
            Node sum = add(
                    new Operation.Binary(one(List.of(BinaryOperation.ADD, BinaryOperation.SUBTRACT))),
                    matrix(),
                    scaled);
            Node product = add(new Operation.Binary(BinaryOperation.MULTIPLY), y, matrix());
            return add(new Operation.Binary(BinaryOperation.ADD), product, sum);
        }

        private Node literal(long... sizes) {
            Shape shape = Shape.of(sizes);
            List<Double> values =
                    random.doubles(shape.elements(), -1, 1).boxed().toList();
            return add(new Operation.Literal(precision, shape, values));
        }
    }
}
