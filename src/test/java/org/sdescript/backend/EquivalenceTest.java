package org.sdescript.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sdescript.graph.DType;
import org.sdescript.graph.Graph;
import org.sdescript.graph.Type;

/** Generated graphs have the same results node by node and as TorchScript. */
@Tag("numbers")
class EquivalenceTest {
    private static final int GRAPHS = 2000;

    private final Backend eager = BackendFixture.backend(Execution.EAGER);
    private final Backend script = BackendFixture.backend(Execution.TORCHSCRIPT);

    @Test
    void generated_graphs_have_the_same_values() {
        for (int seed = 0; seed < GRAPHS; seed++) {
            DType precision = seed % 2 == 0 ? DType.FLOAT64 : DType.FLOAT32;
            GeneratedGraph generated = GeneratedGraph.of(seed, precision);
            List<double[]> expected = values(eager, generated);
            List<double[]> actual = values(script, generated);
            for (int i = 0; i < expected.size(); i++) {
                compare(seed, generated.graph(), i, expected.get(i), actual.get(i), precision);
            }
        }
    }

    /**
     * A generated graph has at most 60 operations of slope at most 2 on values below 50, most of slope below 1.
     * Roundings of 50 ε in each then hardly ever add up to more than 5000 ε, while a wrong operation differs by the
     * size of the value.
     */
    private static void compare(
            int seed, Graph graph, int output, double[] expected, double[] actual, DType precision) {
        double epsilon = precision == DType.FLOAT32 ? 0x1p-23 : 0x1p-52;
        for (int i = 0; i < expected.length; i++) {
            double bound = 5000 * epsilon * Math.max(1, Math.abs(expected[i]));
            assertThat(actual[i])
                    .as("seed %d, output %d, element %d of%n%s", seed, output, i, graph.dump())
                    .isCloseTo(expected[i], within(bound));
        }
    }

    private static List<double[]> values(Backend backend, GeneratedGraph generated) {
        List<Operand> inputs = new ArrayList<>();
        for (int i = 0; i < generated.inputs().size(); i++) {
            inputs.add(operand(
                    backend,
                    generated.graph().inputs().get(i),
                    generated.inputs().get(i)));
        }
        List<Operand> outputs = backend.compile(generated.graph(), ParameterInputs.NONE)
                .run(inputs, new RandomStream(generated.seed()));
        List<double[]> values = new ArrayList<>();
        for (Operand output : outputs) {
            values.add(
                    switch (output) {
                        case Operand.Number(double value) -> new double[] {value};
                        case Tensor tensor -> tensor.toDoubles();
                    });
        }
        close(inputs);
        close(outputs);
        return values;
    }

    private static Operand operand(Backend backend, Type type, double[] values) {
        return switch (type) {
            case Type.Scalar number -> new Operand.Number(values[0]);
            case Type.TensorType(var dtype, var shape) -> backend.tensor(dtype, shape, values);
        };
    }

    private static void close(List<Operand> operands) {
        for (Operand operand : operands) {
            if (operand instanceof Tensor tensor) {
                tensor.close();
            }
        }
    }

    /** Graphs that differ only in their batch and their numbers share one module. */
    @Test
    void a_kernel_of_another_batch_is_the_same_module() {
        try (Backend own = Backend.open("cpu", 1, Execution.TORCHSCRIPT);
                Parameters net = PerceptronGraph.parameters(own, 2, 4, 1, 2)) {
            List<CompiledGraph> kernels = new ArrayList<>();
            for (int batch : new int[] {3, 7, 64}) {
                kernels.add(own.compile(
                        PerceptronGraph.mlp(net, batch, 2, 2, false), PerceptronGraph.parameterInputs(net, 1)));
            }
            assertThat(own.modules().count()).isEqualTo(1);
            assertThat(kernels).hasSize(3);
        }
    }

    @Test
    void modules_that_no_kernel_holds_are_deleted() throws InterruptedException {
        try (Backend own = Backend.open("cpu", 1, Execution.TORCHSCRIPT)) {
            for (int seed = 0; seed < 20; seed++) {
                own.compile(GeneratedGraph.of(seed, DType.FLOAT32).graph(), ParameterInputs.NONE);
            }
            for (int i = 0; i < 500 && own.modules().count() > 0; i++) {
                System.gc();
                Thread.sleep(10);
            }
            assertThat(own.modules().count()).isZero();
        }
    }
}
