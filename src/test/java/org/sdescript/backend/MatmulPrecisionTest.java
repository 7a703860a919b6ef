package org.sdescript.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sdescript.graph.DType;
import org.sdescript.graph.Graph;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.graph.Window;

/**
 * Products in bfloat16 differ from float32 by the rounding of two factors and of the result, each by at most half of
 * 2⁻⁷. For a sum of products that is at most 3 · 2⁻⁸ times the sum of their magnitudes, and a little for the squares.
 */
@Tag("numbers")
class MatmulPrecisionTest {
    private static final double ROUNDINGS = 3.1 * 0x1p-8;

    private final RandomStream random = new RandomStream(3);
    private Backend narrow;
    private Backend plain;

    @BeforeEach
    void open() {
        narrow = Backend.open("cpu", 1, Execution.TORCHSCRIPT, MatmulPrecision.BFLOAT16);
        plain = Backend.open("cpu", 1, Execution.TORCHSCRIPT);
    }

    @AfterEach
    void close() {
        narrow.close();
        plain.close();
    }

    @Test
    void dense_layers_stay_within_their_roundings() {
        compare(new Operation.Linear(), Shape.of(8, 40), Shape.of(16, 40), Shape.of(16));
    }

    @Test
    void convolutions_stay_within_their_roundings() {
        compare(new Operation.Conv2d(new Window(1, 1, 1)), Shape.of(2, 8, 6, 6), Shape.of(4, 8, 3, 3), Shape.of(4));
        compare(
                new Operation.ConvTranspose2d(new Window(2, 1, 1), 1, 1),
                Shape.of(2, 8, 6, 6),
                Shape.of(8, 4, 3, 3),
                Shape.of(4));
    }

    /** The weights are a softmax of q k/√d: an error δ there changes each weight by a factor of at most e^2δ. */
    @Test
    void attention_stays_within_its_roundings() {
        Shape shape = Shape.of(2, 3, 5, 16);
        Graph graph = graph(new Operation.ScaledDotProductAttention(), shape, shape, shape);
        double[][] values = {random.uniform(shape), random.uniform(shape), random.uniform(shape)};
        double[] exact = run(plain, graph, values);
        double[] rounded = run(narrow, graph, values);
        double scores = ROUNDINGS * 16 / Math.sqrt(16);
        double bound = Math.expm1(2 * scores) + 2 * ROUNDINGS;
        assertThat(rounded).isNotEqualTo(exact);
        for (int i = 0; i < exact.length; i++) {
            assertThat(rounded[i]).isCloseTo(exact[i], within(bound));
        }
    }

    @Test
    void double_precision_is_left_as_it_is() {
        Type x = Type.tensor(DType.FLOAT64, Shape.of(2, 40));
        GraphBuilder builder = new GraphBuilder();
        Node product =
                builder.add(new Operation.Linear(), List.of(builder.input(x, null), builder.input(x, null)), null);
        Graph graph = builder.build(List.of(product));
        double[] values = random.normal(Shape.of(2, 40));
        assertThat(run(narrow, graph, DType.FLOAT64, values, values))
                .isEqualTo(run(plain, graph, DType.FLOAT64, values, values));
    }

    /** The optimiser has float32 parameters; its gradients come through the rounded products. */
    @Test
    void parameters_learn_in_single_precision() {
        try (Parameters net = PerceptronGraph.parameters(narrow, 2, 32, 1, 2);
                Tensor x = narrow.tensor(DType.FLOAT32, Shape.of(64, 2), random.normal(Shape.of(64, 2)));
                TrainingStep step = PerceptronGraph.training(narrow, net, 64, OptimizerSettings.ADAM)) {
            double first =
                    step.run(PerceptronGraph.inputs(net, x, x), random, 1e-2).loss();
            for (int i = 0; i < 200; i++) {
                step.run(PerceptronGraph.inputs(net, x, x), random, 1e-2);
            }
            assertThat(step.losses().getLast()).isLessThan(0.1 * first);
            assertThat(net.tensors()).allMatch(tensor -> tensor.dtype() == DType.FLOAT32);
            double[] weights = net.tensors().getFirst().toDoubles();
            assertThat(Arrays.stream(weights).allMatch(w -> (float) w == roundedToBfloat16((float) w)))
                    .isFalse();
        }
    }

    private static float roundedToBfloat16(float x) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(x) & 0xFFFF0000);
    }

    /** The bound is the product of the magnitudes of all factors. */
    private void compare(Operation product, Shape... shapes) {
        Graph graph = graph(product, shapes);
        double[][] values = Arrays.stream(shapes).map(random::normal).toArray(double[][]::new);
        double[][] sizes = Arrays.stream(values)
                .map(each -> Arrays.stream(each).map(Math::abs).toArray())
                .toArray(double[][]::new);
        double[] exact = run(plain, graph, values);
        double[] rounded = run(narrow, graph, values);
        double[] bound = run(plain, graph, sizes);
        assertThat(rounded).isNotEqualTo(exact);
        for (int i = 0; i < exact.length; i++) {
            assertThat(rounded[i]).isCloseTo(exact[i], within(ROUNDINGS * bound[i]));
        }
    }

    private static Graph graph(Operation product, Shape... shapes) {
        GraphBuilder graph = new GraphBuilder();
        List<Node> inputs = Arrays.stream(shapes)
                .map(shape -> graph.input(Type.tensor(DType.FLOAT32, shape), null))
                .toList();
        return graph.build(List.of(graph.add(product, inputs, null)));
    }

    private double[] run(Backend backend, Graph graph, double[]... values) {
        return run(backend, graph, DType.FLOAT32, values);
    }

    private double[] run(Backend backend, Graph graph, DType dtype, double[]... values) {
        List<Tensor> inputs = new java.util.ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            inputs.add(backend.tensor(dtype, ((Type.TensorType) graph.inputs().get(i)).shape(), values[i]));
        }
        Tensor result = (Tensor)
                backend.compile(graph, ParameterInputs.NONE).run(inputs, random).getFirst();
        assertThat(result.dtype()).isEqualTo(dtype);
        return result.toDoubles();
    }
}
