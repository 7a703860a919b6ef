package org.sdescript.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Graph;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.source.Source;
import org.sdescript.source.Span;

@ParameterizedClass
@EnumSource(Execution.class)
class CompiledGraphTest {
    @Parameter
    Execution execution;

    private Backend backend;
    private final RandomStream random = new RandomStream(3);

    @BeforeEach
    void open() {
        backend = BackendFixture.backend(execution);
    }

    private final Type pair = Type.tensor(DType.FLOAT32, Shape.of(2));

    private Tensor pair(double a, double b) {
        return backend.tensor(DType.FLOAT32, Shape.of(2), new double[] {a, b});
    }

    @Test
    void results_live_on_after_their_inputs_are_closed() {
        GraphBuilder graph = new GraphBuilder();
        Node x = graph.input(pair, null);
        Node square = graph.add(new Operation.Unary(UnaryOperation.SQUARE), List.of(x), null);
        Node view = graph.add(new Operation.Reshape(Shape.of(2, 1)), List.of(x), null);
        Graph built = graph.build(List.of(x, square, square, view));
        Tensor input = pair(3, 4);
        List<Operand> outputs = run(built, List.of(input), random);
        input.close();
        for (int i = 0; i < 1000; i++) {
            pair(i, i).close();
        }
        assertThat(((Tensor) outputs.get(0)).toDoubles()).containsExactly(3, 4);
        ((Tensor) outputs.get(1)).close();
        assertThat(((Tensor) outputs.get(2)).toDoubles()).containsExactly(9, 16);
        assertThat(((Tensor) outputs.get(3)).toDoubles()).containsExactly(3, 4);
        outputs.forEach(output -> ((Tensor) output).close());
    }

    @Test
    void inputs_stay_the_callers_though_given_twice() {
        GraphBuilder graph = new GraphBuilder();
        Node x = graph.input(pair, null);
        Node y = graph.input(pair, null);
        Graph built = graph.build(List.of(graph.add(new Operation.Binary(BinaryOperation.ADD), List.of(x, y), null)));
        try (Tensor input = pair(1, 2)) {
            for (int i = 0; i < 3; i++) {
                try (Tensor sum =
                        (Tensor) run(built, List.of(input, input), random).getFirst()) {
                    assertThat(sum.toDoubles()).containsExactly(2, 4);
                }
            }
            assertThat(input.isClosed()).isFalse();
        }
    }

    @Test
    void numbers_stay_double_until_they_meet_a_tensor() {
        GraphBuilder graph = new GraphBuilder();
        Node t = graph.input(Type.NUMBER, null);
        Node x = graph.input(pair, null);
        Node root = graph.add(new Operation.Unary(UnaryOperation.SQRT), List.of(t), null);
        Node product = graph.add(new Operation.Binary(BinaryOperation.MULTIPLY), List.of(root, x), null);
        List<Operand> outputs =
                run(graph.build(List.of(root, product)), List.of(new Operand.Number(2), pair(1, 10)), random);
        assertThat(outputs.getFirst()).isEqualTo(new Operand.Number(Math.sqrt(2)));
        assertThat(((Tensor) outputs.get(1)).toFloats())
                .containsExactly((float) Math.sqrt(2), 10 * (float) Math.sqrt(2));
    }

    @Test
    void noise_of_a_sample_does_not_depend_on_the_batch() {
        double[] all = noise(10, new RandomStream(1));
        double[] tail = noise(4, new RandomStream(1).forSamples(6));
        assertThat(tail).isEqualTo(Arrays.copyOfRange(all, 18, 30));
        assertThat(noise(10, new RandomStream(2))).isNotEqualTo(all);
    }

    private double[] noise(int samples, RandomStream stream) {
        Operation draw = new Operation.RandomNormal(DType.FLOAT32, Shape.of(samples, 3));
        try (Tensor z = (Tensor) backend.apply(draw, List.of(), stream)) {
            return z.toDoubles();
        }
    }

    @Test
    void uniform_noise_in_single_precision_stays_below_one() {
        Operation draw = new Operation.RandomUniform(DType.FLOAT32, Shape.of(100_000));
        try (Tensor u = (Tensor) backend.apply(draw, List.of(), random)) {
            assertThat(Arrays.stream(u.toDoubles())).allMatch(x -> x >= 0 && x < 1);
        }
    }

    @Test
    void each_draw_of_a_graph_is_another() {
        GraphBuilder graph = new GraphBuilder();
        Operation draw = new Operation.RandomNormal(DType.FLOAT64, Shape.of(4));
        Node first = graph.add(draw, List.of(), null);
        Node second = graph.add(draw, List.of(), null);
        RandomStream stream = new RandomStream(1);
        List<Operand> outputs = run(graph.build(List.of(first, second)), List.of(), stream);
        assertThat(((Tensor) outputs.get(0)).toDoubles()).isNotEqualTo(((Tensor) outputs.get(1)).toDoubles());
        assertThat(stream.draws()).isEqualTo(2);
    }

    @Test
    void a_tensor_that_fits_nowhere_is_a_clear_error() {
        Operation noise = new Operation.RandomNormal(DType.FLOAT32, Shape.of(1L << 40, 4));
        Operation full = new Operation.Fill(DType.FLOAT32, Shape.of(1L << 45, 4));
        assertThatThrownBy(() -> backend.apply(noise, List.of(), random))
                .isInstanceOf(SdeError.class)
                .hasMessageContaining("not enough memory");
        assertThatThrownBy(() -> backend.apply(full, List.of(new Operand.Number(1)), random))
                .isInstanceOf(SdeError.class)
                .hasMessageContaining("not enough memory");
    }

    @Test
    void a_hundred_thousand_runs_leave_no_array_behind() {
        try (Backend own = Backend.open("cpu", 1, execution);
                Parameters net = PerceptronGraph.parameters(own, 2, 4, 1, 2);
                Tensor x = own.tensor(Shape.of(4, 2), new float[8])) {
            CompiledGraph kernel = own.compile(PerceptronGraph.mlp(net, 4, 2, 2, false), ParameterInputs.NONE);
            int arrays = own.attachedArrays();
            for (int i = 0; i < 100_000; i++) {
                ((Tensor) kernel.run(PerceptronGraph.inputs(net, x), random).getFirst()).close();
            }
            assertThat(own.attachedArrays()).isEqualTo(arrays);
        }
    }

    @Test
    void tensors_that_are_dropped_are_freed() throws InterruptedException {
        try (Backend own = Backend.open("cpu", 1, execution)) {
            for (int i = 0; i < 100; i++) {
                own.tensor(Shape.of(2), new float[2]);
            }
            for (int i = 0; i < 500 && own.liveTensors() > 0; i++) {
                System.gc();
                Thread.sleep(10);
            }
            assertThat(own.liveTensors()).isZero();
            assertThat(own.attachedArrays()).isZero();
        }
    }

    @Test
    void a_device_that_is_not_there_is_a_clear_error() {
        assertThatThrownBy(() -> Backend.open("gpu:77", 1, execution))
                .isInstanceOf(SdeError.class)
                .hasMessageContaining("gpu:77");
        assertThatThrownBy(() -> Backend.open("tpu", 1, execution))
                .isInstanceOf(SdeError.class)
                .hasMessageContaining("tpu");
    }

    /** PyTorch has no argmax of truth values, and sde never requests one. */
    @Test
    void what_the_engine_refuses_is_told_in_our_words_and_kept_in_its_own_for_the_report() {
        GraphBuilder graph = new GraphBuilder();
        Node mask = graph.input(Type.tensor(DType.BOOL, Shape.of(2)), null);
        Span place = new Source("script", "argmax(mask)").span(0, 12);
        Graph built = graph.build(List.of(graph.add(new Operation.ArgMax(0), List.of(mask), place)));
        try (Tensor input = backend.tensor(DType.BOOL, Shape.of(2), new double[] {1, 0})) {
            assertThatThrownBy(() -> run(built, List.of(input), random))
                    .isInstanceOfSatisfying(SdeError.class, error -> {
                        String told = error.diagnostics().toString();
                        assertThat(error.diagnostics().getFirst().span()).contains(place);
                        assertThat(error.diagnostics().getFirst().notes()).contains("it is arg max of bool [2]");
                        assertThat(told).contains("E0903", "fault of sde").doesNotContain("Bool", "aten", "max_values");
                        assertThat(error.getCause()).isInstanceOf(EngineException.class);
                        assertThat(told).doesNotContain(error.getCause().getMessage());
                    });
        }
    }

    @Test
    void a_place_outside_of_an_axis_is_the_scripts_mistake() {
        GraphBuilder graph = new GraphBuilder();
        Node x = graph.input(pair, null);
        Node index = graph.input(Type.tensor(DType.INT64, Shape.of(1)), null);
        Graph built = graph.build(List.of(graph.add(new Operation.Gather(0), List.of(x, index), null)));
        try (Tensor values = pair(1, 2);
                Tensor positions = backend.tensor(DType.INT64, Shape.of(1), new double[] {5})) {
            assertThatThrownBy(() -> run(built, List.of(values, positions), random))
                    .isInstanceOf(SdeError.class)
                    .hasMessage("an index is outside of axis 0 of length 2");
        }
    }

    private List<Operand> run(Graph graph, List<? extends Operand> inputs, RandomStream stream) {
        return backend.compile(graph, ParameterInputs.NONE).run(inputs, stream);
    }
}
