package org.sdescript.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.graph.TypeInference;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.graph.gradient.Gradient;

/** Symbolic derivatives of every operation in double: against central differences, and against each other. */
@Tag("numbers")
class DerivativesTest {
    private static final double STEP = 1e-5;
    private static final double ROUNDING = 0x1p-52;

    private final Backend eager = BackendFixture.backend(Execution.EAGER);
    private final Backend script = BackendFixture.backend(Execution.TORCHSCRIPT);
    private final RandomStream random = new RandomStream(1);

    /** A function of the varying operands of a case, written into a graph. */
    private interface Written extends BiFunction<GraphBuilder, List<Node>, Node> {}

    @TestFactory
    Stream<DynamicTest> gradients_are_those_of_central_differences() {
        return cases().map(c -> DynamicTest.dynamicTest(c.toString(), () -> compare(c, loss(c))));
    }

    @TestFactory
    Stream<DynamicTest> gradients_of_gradients_are_those_of_central_differences() {
        return cases().map(c -> DynamicTest.dynamicTest(c.toString(), () -> compare(c, slope(c))));
    }

    @TestFactory
    Stream<DynamicTest> both_directions_are_of_one_jacobian() {
        return cases().map(c -> DynamicTest.dynamicTest(c.toString(), () -> {
            List<Operand> sums = run(script, compiled(script, c, this::dual), c, 0, 0, 0);
            double forward = number(sums.get(0));
            double backward = number(sums.get(1));
            // Both are sums of the same products, so they differ by a few roundings of each.
            assertThat(forward).isCloseTo(backward, within(64 * ROUNDING * number(sums.get(2))));
        }));
    }

    /** The cases of all operations in double precision from end to end. */
    private static Stream<Cases.Case> cases() {
        return Cases.all(23).stream()
                .filter(c -> c.operands().stream().noneMatch(type -> is(type, DType.FLOAT32)))
                .filter(c -> IntStream.range(0, c.operands().size()).anyMatch(i -> varies(c, i)))
                .filter(c -> !isDividedByTruths(c) && !(c.operation() instanceof Operation.Detach))
                .filter(c -> {
                    Type result = TypeInference.infer(c.operation(), c.operands(), null);
                    return result instanceof Type.Scalar || is(result, DType.FLOAT64);
                });
    }

    private static boolean is(Type type, DType dtype) {
        return type instanceof Type.TensorType tensor && tensor.dtype() == dtype;
    }

    /**
     * True for an operand to differentiate by. The remainder jumps where the quotient is whole, as it often is here; a
     * mask only selects.
     */
    private static boolean varies(Cases.Case c, int operand) {
        boolean isDivisor = c.operation().equals(new Operation.Binary(BinaryOperation.MODULO)) && operand == 1;
        boolean isMask = c.operation() instanceof Operation.Where && operand == 0;
        Type type = c.operands().get(operand);
        return !isDivisor && !isMask && (type instanceof Type.Scalar || is(type, DType.FLOAT64));
    }

    /** True for a division by truth values: false is 0. */
    private static boolean isDividedByTruths(Cases.Case c) {
        return (c.operation().equals(new Operation.Binary(BinaryOperation.MODULO))
                        || c.operation().equals(new Operation.Binary(BinaryOperation.DIVIDE)))
                && isBoolean(c.operands().get(1));
    }

    private static boolean isBoolean(Type type) {
        return is(type, DType.BOOL);
    }

    private static List<Node> varying(Cases.Case c, List<Node> all) {
        return IntStream.range(0, all.size())
                .filter(i -> varies(c, i))
                .mapToObj(all::get)
                .toList();
    }

    private static List<Node> exchanged(Cases.Case c, List<Node> all, List<Node> varying) {
        List<Node> exchanged = new ArrayList<>(all);
        int next = 0;
        for (int i = 0; i < all.size(); i++) {
            if (varies(c, i)) {
                exchanged.set(i, varying.get(next++));
            }
        }
        return exchanged;
    }

    /** Σ wᵢ f(…)ᵢ. */
    private static Written loss(Cases.Case c) {
        return (graph, operands) -> weighted(graph, List.of(graph.add(c.operation(), operands, null)), 0.3);
    }

    /** Σ uⱼ ∂(Σ wᵢ fᵢ)/∂xⱼ. */
    private static Written slope(Cases.Case c) {
        return (graph, operands) -> weighted(graph, gradient(c, loss(c), graph, operands), 0.7);
    }

    private static List<Node> gradient(Cases.Case c, Written f, GraphBuilder graph, List<Node> operands) {
        Gradient gradient = Gradient.at(graph, varying(c, operands));
        Node value = f.apply(graph, exchanged(c, operands, gradient.variables()));
        return gradient.backward(List.of(value), List.of(graph.number(1)));
    }

    /** ⟨u, J v⟩, ⟨Jᵀ u, v⟩ and the sum of the magnitudes of the products in both. */
    private List<Node> dual(Cases.Case c, GraphBuilder graph, List<Node> operands) {
        Gradient gradient = Gradient.at(graph, varying(c, operands));
        Node f = graph.add(c.operation(), exchanged(c, operands, gradient.variables()), null);
        List<Node> u = List.of(weights(graph, f.type(), 0.3));
        List<Node> v = gradient.variables().stream()
                .map(variable -> weights(graph, variable.type(), 0.7))
                .toList();
        List<Node> image = gradient.forward(List.of(f), v);
        List<Node> back = gradient.backward(List.of(f), u);
        Node size = binary(
                graph,
                BinaryOperation.ADD,
                dot(graph, magnitudes(graph, image), magnitudes(graph, u)),
                dot(graph, magnitudes(graph, back), magnitudes(graph, v)));
        return List.of(dot(graph, image, u), dot(graph, back, v), size);
    }

    private static List<Node> magnitudes(GraphBuilder graph, List<Node> nodes) {
        return nodes.stream()
                .map(node -> graph.add(new Operation.Unary(UnaryOperation.ABS), List.of(node), null))
                .toList();
    }

    private static Node weighted(GraphBuilder graph, List<Node> nodes, double phase) {
        return dot(
                graph,
                nodes,
                nodes.stream().map(node -> weights(graph, node.type(), phase)).toList());
    }

    private static Node dot(GraphBuilder graph, List<Node> left, List<Node> right) {
        Node total = graph.number(0);
        for (int i = 0; i < left.size(); i++) {
            Node product = binary(graph, BinaryOperation.MULTIPLY, left.get(i), right.get(i));
            total = binary(graph, BinaryOperation.ADD, total, sum(graph, product));
        }
        return total;
    }

    private static Node sum(GraphBuilder graph, Node node) {
        if (node.isNumber()) {
            return node;
        }
        List<Integer> axes = IntStream.range(0, node.shape().rank()).boxed().toList();
        return axes.isEmpty() ? node : graph.add(new Operation.Reduce(Reduction.SUM, axes, false), List.of(node), null);
    }

    private static Node binary(GraphBuilder graph, BinaryOperation function, Node a, Node b) {
        return graph.add(new Operation.Binary(function), List.of(a, b), null);
    }

    /** Different weights of about 1, so that symmetry hides no error. */
    private static Node weights(GraphBuilder graph, Type type, double phase) {
        return switch (type) {
            case Type.Scalar number -> graph.number(1 + phase);
            case Type.TensorType(var dtype, Shape shape) -> {
                List<Double> values = new ArrayList<>();
                for (int i = 0; i < shape.elements(); i++) {
                    values.add(1 + 0.5 * Math.sin(i + phase));
                }
                yield graph.add(new Operation.Literal(DType.FLOAT64, shape, values), List.of(), null);
            }
        };
    }

    /** Writes a graph of a case's operands and returns its outputs. */
    private interface Outputs {
        List<Node> of(Cases.Case c, GraphBuilder graph, List<Node> operands);
    }

    private void compare(Cases.Case c, Written f) {
        CompiledGraph slopes = compiled(eager, c, (its, graph, operands) -> gradient(its, f, graph, operands));
        CompiledGraph values = compiled(eager, c, (its, graph, operands) -> List.of(f.apply(graph, operands)));
        List<Operand> gradients = run(eager, slopes, c, 0, 0, 0);
        double value = value(c, values, 0, 0, 0);
        int next = 0;
        for (int i = 0; i < c.operands().size(); i++) {
            if (varies(c, i)) {
                double[] exact = elements(gradients.get(next++));
                for (int j = 0; j < exact.length; j++) {
                    compare(c, values, value, i, j, exact[j]);
                }
            }
        }
    }

    /**
     * The error of a central difference D(h) is h²f‴/6, a third of D(2h) − D(h), plus the rounding of f over h: a few
     * units in the last place of f or of its largest terms, which are powers and hyperbolic sines of a few hundred.
     */
    private void compare(Cases.Case c, CompiledGraph f, double value, int operand, int element, double exact) {
        double near = difference(c, f, operand, element, STEP);
        double far = difference(c, f, operand, element, 2 * STEP);
        double rounding = 64 * ROUNDING * (1000 + Math.abs(value)) / STEP;
        assertThat(exact)
                .as("operand %d, element %d", operand, element)
                .isCloseTo(near, within(Math.abs(far - near) + rounding));
    }

    private double difference(Cases.Case c, CompiledGraph f, int operand, int element, double step) {
        return (value(c, f, operand, element, step) - value(c, f, operand, element, -step)) / (2 * step);
    }

    private double value(Cases.Case c, CompiledGraph f, int operand, int element, double change) {
        return number(run(eager, f, c, operand, element, change).getFirst());
    }

    private static CompiledGraph compiled(Backend backend, Cases.Case c, Outputs program) {
        GraphBuilder graph = new GraphBuilder();
        List<Node> inputs = new ArrayList<>();
        c.operands().forEach(type -> inputs.add(graph.input(type, null)));
        return backend.compile(graph.build(program.of(c, graph, inputs)), ParameterInputs.NONE);
    }

    private List<Operand> run(
            Backend backend, CompiledGraph kernel, Cases.Case c, int changed, int element, double change) {
        List<Operand> operands = new ArrayList<>();
        for (int i = 0; i < c.operands().size(); i++) {
            double[] values = c.values().get(i).clone();
            if (i == changed) {
                values[element] += change;
            }
            operands.add(
                    switch (c.operands().get(i)) {
                        case Type.Scalar number -> new Operand.Number(values[0]);
                        case Type.TensorType(DType dtype, Shape shape) -> backend.tensor(dtype, shape, values);
                    });
        }
        try {
            return kernel.run(operands, random);
        } finally {
            close(operands);
        }
    }

    private static void close(List<Operand> operands) {
        operands.forEach(operand -> {
            if (operand instanceof Tensor tensor) {
                tensor.close();
            }
        });
    }

    private static double number(Operand operand) {
        return elements(operand)[0];
    }

    private static double[] elements(Operand operand) {
        return switch (operand) {
            case Operand.Number(double value) -> new double[] {value};
            case Tensor tensor -> tensor.toDoubles();
        };
    }

    @Test
    void derivatives_of_derivatives_of_derivatives_of_an_exponential_are_itself() {
        GraphBuilder graph = new GraphBuilder();
        Node x = graph.input(Type.tensor(DType.FLOAT64, Shape.SCALAR), null);
        Node third = derivative(graph, x, 3);
        try (Tensor point = eager.tensor(DType.FLOAT64, Shape.SCALAR, new double[] {0.7});
                Tensor result = (Tensor) eager.compile(graph.build(List.of(third)), ParameterInputs.NONE)
                        .run(List.of(point), random)
                        .getFirst()) {
            assertThat(result.item()).isCloseTo(Math.exp(0.7), within(4 * Math.ulp(2.0)));
        }
    }

    private static Node derivative(GraphBuilder graph, Node x, int order) {
        if (order == 0) {
            return graph.add(new Operation.Unary(UnaryOperation.EXP), List.of(x), null);
        }
        Gradient gradient = Gradient.at(graph, List.of(x));
        Node lower = derivative(graph, gradient.variables().getFirst(), order - 1);
        return gradient.backward(List.of(lower), List.of(graph.number(1))).getFirst();
    }
}
