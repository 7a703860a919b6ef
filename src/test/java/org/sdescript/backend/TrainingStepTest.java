package org.sdescript.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Graph;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.source.Source;
import org.sdescript.source.Span;

@ParameterizedClass
@EnumSource(Execution.class)
@Tag("numbers")
class TrainingStepTest {
    @Parameter
    Execution execution;

    private static final double[] CURVATURE = {1, 4, 0.5};
    private static final double[] START = {1, -2, 3};

    @TempDir
    Path folder;

    private Backend backend;
    private final RandomStream random = new RandomStream(5);
    private final Type.TensorType vector = new Type.TensorType(DType.FLOAT64, Shape.of(3));
    private Parameters parameters;
    private Tensor curvature;

    @BeforeEach
    void open() {
        backend = BackendFixture.backend(execution);
        parameters = new Parameters(backend);
        parameters.create("w", DType.FLOAT64, Shape.of(3), START);
        curvature = backend.tensor(DType.FLOAT64, Shape.of(3), CURVATURE);
    }

    @AfterEach
    void close() {
        parameters.close();
        curvature.close();
    }

    /** loss = scale · Σ c w² has the gradient 2 scale c w. */
    private Graph quadratic() {
        GraphBuilder graph = new GraphBuilder();
        Node c = graph.input(vector, null);
        Node scale = graph.input(Type.NUMBER, null);
        Node w = graph.input(vector, null);
        Node square = binary(graph, BinaryOperation.MULTIPLY, w, w);
        Node sum = graph.add(
                new Operation.Reduce(Reduction.SUM, List.of(0), false),
                List.of(binary(graph, BinaryOperation.MULTIPLY, c, square)),
                null);
        return graph.build(List.of(binary(graph, BinaryOperation.MULTIPLY, sum, scale)));
    }

    private TrainingStep training(OptimizerSettings settings) {
        return new TrainingStep(backend, quadratic(), new ParameterInputs(parameters, Map.of(2, "w")), settings);
    }

    private static Node binary(GraphBuilder graph, BinaryOperation function, Node x, Node y) {
        return graph.add(new Operation.Binary(function), List.of(x, y), null);
    }

    private List<Operand> inputs(double scale) {
        return List.of(curvature, new Operand.Number(scale), parameters.get("w"));
    }

    @Test
    void steps_are_those_of_adam_with_decoupled_decay_clipping_and_averages() {
        OptimizerSettings settings = new OptimizerSettings(
                0.9, 0.99, 1e-3, 0.1, 8.0, List.of(AverageDecay.constant(0.95), step -> Math.pow(1 - 1.0 / step, 3)));
        double[] w = START.clone();
        double[] m = new double[3];
        double[] v = new double[3];
        double[] average = START.clone();
        double[] second = START.clone();
        int clipped = 0;
        try (TrainingStep step = training(settings)) {
            for (int t = 1; t <= 30; t++) {
                double expected = 0;
                double norm = 0;
                for (int i = 0; i < 3; i++) {
                    expected += CURVATURE[i] * w[i] * w[i];
                    norm += Math.pow(2 * CURVATURE[i] * w[i], 2);
                }
                double clip = Math.min(1, 8 / Math.sqrt(norm));
                clipped += clip < 1 ? 1 : 0;
                double rate = 0.05;
                for (int i = 0; i < 3; i++) {
                    double g = clip * 2 * CURVATURE[i] * w[i];
                    w[i] -= rate * 0.1 * w[i];
                    m[i] = 0.9 * m[i] + 0.1 * g;
                    v[i] = 0.99 * v[i] + 0.01 * g * g;
                    double mean = m[i] / (1 - Math.pow(0.9, t));
                    double variance = v[i] / (1 - Math.pow(0.99, t));
                    w[i] -= rate * mean / (Math.sqrt(variance) + 1e-3);
                    double decay = Math.min(0.95, (1.0 + t) / (10.0 + t));
                    average[i] = decay * average[i] + (1 - decay) * w[i];
                    double power = Math.pow(1 - 1.0 / t, 3);
                    second[i] = power * second[i] + (1 - power) * w[i];
                }
                StepOutcome outcome = step.run(inputs(1), random, rate);
                assertThat(outcome.loss()).isCloseTo(expected, within(1e-4));
                assertThat(outcome.gradientNorm()).isCloseTo(Math.sqrt(norm), within(1e-4));
            }
            assertThat(clipped).as("steps with a clipped gradient, of 30").isBetween(5, 25);
            // The engine takes rates in single precision, so thirty steps agree to a few times 1e-7 of the path.
            assertThat(parameters.get("w").toDoubles()).containsExactly(w, within(2e-5));
            assertThat(step.average().get("w").toDoubles()).containsExactly(average, within(2e-5));
            List<Tensor> averages = step.copiesOfAverages();
            assertThat(averages.get(0).toDoubles()).containsExactly(average, within(2e-5));
            assertThat(averages.get(1).toDoubles()).containsExactly(second, within(2e-5));
            averages.forEach(Tensor::close);
            assertThat(step.steps()).isEqualTo(30);
            assertThat(step.gradientNorms()).hasSize(30);
        }
    }

    @Test
    void a_step_that_is_closed_frees_all_but_the_parameters() {
        try (Backend own = Backend.open("cpu", 1, execution);
                Parameters net = PerceptronGraph.parameters(own, 2, 4, 1, 2);
                Tensor x = own.tensor(Shape.of(8, 2), new float[16])) {
            TrainingStep step =
                    PerceptronGraph.training(own, net, 8, OptimizerSettings.ADAM.averages(AverageDecay.constant(0.9)));
            step.run(PerceptronGraph.inputs(net, x, x), random, 0.01);
            int tensors = own.liveTensors();
            assertThat(own.attachedArrays()).as("no array beside the tensors").isEqualTo(tensors);
            step.close();

            // two moments, the vector of all parameters, the vector of their averages, and the average of each
            // parameter
            int freed = 4 + net.tensors().size();
            assertThat(own.liveTensors()).isLessThanOrEqualTo(tensors - freed);
        }
    }

    @Test
    void a_loss_that_is_not_finite_changes_nothing() {
        try (TrainingStep step = training(OptimizerSettings.ADAM)) {
            step.run(inputs(1), random, 0.01);
            double[] before = parameters.get("w").toDoubles();
            assertThat(step.run(inputs(Double.NaN), random, 0.01).isFinite()).isFalse();
            assertThat(step.run(inputs(Double.POSITIVE_INFINITY), random, 0.01).isFinite())
                    .isFalse();
            assertThat(parameters.get("w").toDoubles()).isEqualTo(before);
            assertThat(step.steps()).isEqualTo(1);
            assertThat(step.losses()).hasSize(1).allMatch(Double::isFinite);
            assertThat(step.run(inputs(1), random, 0.01).isFinite()).isTrue();
        }
    }

    @Test
    void a_loss_without_parameters_is_an_error() {
        GraphBuilder graph = new GraphBuilder();
        Node c = graph.input(vector, null);
        Node sum = graph.add(new Operation.Reduce(Reduction.SUM, List.of(0), false), List.of(c), null);
        Graph loss = graph.build(List.of(sum));
        ParameterInputs none = new ParameterInputs(parameters, Map.of());
        try (TrainingStep step = new TrainingStep(backend, loss, none, OptimizerSettings.ADAM)) {
            assertThatThrownBy(() -> step.run(List.of(curvature), random, 0.01))
                    .isInstanceOf(SdeError.class)
                    .hasMessage("the loss does not depend on the network's parameters");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9, 0})
    void training_goes_on_from_a_file_as_if_it_had_not_stopped(double ema) {
        Path state = folder.resolve("state.safetensors");
        OptimizerSettings settings = ema == 0
                ? OptimizerSettings.ADAM
                : OptimizerSettings.ADAM.averages(AverageDecay.constant(ema), AverageDecay.constant(ema / 2));
        double[] expected;
        double[] expectedAverage;
        List<Double> expectedLosses;
        List<Double> expectedNorms;
        try (TrainingStep step = training(settings)) {
            for (int i = 0; i < 5; i++) {
                step.run(inputs(1), random, 0.1);
            }
            step.run(inputs(Double.NaN), random, 0.1);
            step.save(state, Map.of("further", curvature));
            for (int i = 0; i < 5; i++) {
                step.run(inputs(1), random, 0.1);
            }
            expected = parameters.get("w").toDoubles();
            expectedAverage = step.average().get("w").toDoubles();
            expectedLosses = List.copyOf(step.losses());
            expectedNorms = List.copyOf(step.gradientNorms());
        }
        parameters.close();
        parameters = new Parameters(backend);
        parameters.create("w", DType.FLOAT64, Shape.of(3), new double[] {7, 8, 9});
        try (TrainingStep step = training(settings)) {
            Map<String, Tensor> further = step.load(state);
            assertThat(further).containsOnlyKeys("further");
            assertThat(further.get("further").toDoubles()).isEqualTo(CURVATURE);
            further.get("further").close();
            assertThat(step.steps()).isEqualTo(5);
            for (int i = 0; i < 5; i++) {
                step.run(inputs(1), random, 0.1);
            }
            assertThat(parameters.get("w").toDoubles()).isEqualTo(expected);
            assertThat(step.average().get("w").toDoubles()).isEqualTo(expectedAverage);
            assertThat(step.losses()).isEqualTo(expectedLosses).hasSize(10);
            assertThat(step.gradientNorms()).isEqualTo(expectedNorms);
        }
    }

    @Test
    void a_state_of_no_steps_at_all_is_a_beginning() {
        Path file = folder.resolve("state.safetensors");
        try (TrainingStep step = training(OptimizerSettings.ADAM)) {
            step.save(file, Map.of());
            step.run(inputs(1), random, 0.1);
            step.load(file);
            assertThat(step.steps()).isZero();
            assertThat(parameters.get("w").toDoubles()).isEqualTo(START);
        }
    }

    @Test
    void the_state_of_another_network_is_refused() throws Exception {
        Path file = folder.resolve("state.safetensors");
        try (TrainingStep step = training(OptimizerSettings.ADAM);
                Parameters other = PerceptronGraph.parameters(backend, 2, 4, 1, 2);
                TrainingStep second = PerceptronGraph.training(backend, other, 16, OptimizerSettings.ADAM)) {
            step.save(file, Map.of());
            assertThatThrownBy(() -> second.load(file))
                    .isInstanceOf(SdeError.class)
                    .hasMessageContaining("does not hold");
            Files.writeString(file, "not tensors at all");
            assertThatThrownBy(() -> step.load(file))
                    .isInstanceOf(SdeError.class)
                    .hasMessageContaining("safetensors");
            assertThatThrownBy(() -> step.load(folder.resolve("none"))).isInstanceOf(SdeError.class);
        }
    }

    @Test
    void ten_thousand_steps_leave_no_array_behind() {
        OptimizerSettings settings =
                OptimizerSettings.ADAM.averages(AverageDecay.constant(0.999)).clip(1);
        try (Backend own = Backend.open("cpu", 1, execution);
                Parameters net = PerceptronGraph.parameters(own, 2, 8, 2, 2);
                Tensor x = own.tensor(DType.FLOAT32, Shape.of(16, 2), random.normal(Shape.of(16, 2)));
                TrainingStep step = PerceptronGraph.training(own, net, 16, settings)) {
            double first =
                    step.run(PerceptronGraph.inputs(net, x, x), random, 1e-3).loss();
            int arrays = own.attachedArrays();
            double last = first;
            for (int i = 0; i < 10_000; i++) {
                last = step.run(PerceptronGraph.inputs(net, x, x), random, 1e-3).loss();
            }
            assertThat(own.attachedArrays()).isEqualTo(arrays);
            assertThat(last).isLessThan(first / 20);
            assertThat(net.count()).isEqualTo(16 + 8 + 64 + 8 + 16 + 2);
        }
    }

    /** PyTorch has no argmax of truth values; see {@link CompiledGraphTest}. */
    @Test
    void a_step_that_fails_names_the_place_and_the_shapes() {
        GraphBuilder graph = new GraphBuilder();
        Node w = graph.input(vector, null);
        Node mask = graph.input(Type.tensor(DType.BOOL, Shape.of(5)), null);
        Span place = new Source("script", "argmax(mask)").span(0, 12);
        Node at = graph.add(new Operation.ArgMax(0), List.of(mask), place);
        Node sum = graph.add(new Operation.Reduce(Reduction.SUM, List.of(0), false), List.of(w), null);
        Graph loss = graph.build(List.of(binary(graph, BinaryOperation.MULTIPLY, sum, at)));
        try (TrainingStep step = new TrainingStep(
                        backend, loss, new ParameterInputs(parameters, Map.of(0, "w")), OptimizerSettings.ADAM);
                Tensor truths = backend.tensor(DType.BOOL, Shape.of(5), new double[5])) {
            assertThatThrownBy(() -> step.run(List.of(parameters.get("w"), truths), random, 1e-3))
                    .isInstanceOfSatisfying(SdeError.class, error -> {
                        assertThat(error.diagnostics().getFirst().span()).contains(place);
                        assertThat(error.diagnostics().getFirst().notes()).contains("it is arg max of bool [5]");
                        assertThat(error.diagnostics().toString())
                                .contains("E0903")
                                .doesNotContain("Traceback", "__torch__");
                    });
        }
    }
}
