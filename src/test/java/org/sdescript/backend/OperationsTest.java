package org.sdescript.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sdescript.graph.DType;
import org.sdescript.graph.Graph;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.graph.TypeInference;
import org.sdescript.graph.UnaryOperation;

@ParameterizedClass
@EnumSource(Execution.class)
@Tag("numbers")
class OperationsTest {
    private final Backend backend;
    private final RandomStream random = new RandomStream(1);

    OperationsTest(Execution execution) {
        this.backend = BackendFixture.backend(execution);
    }

    @TestFactory
    Stream<DynamicTest> every_operation_has_the_inferred_type_and_the_values_of_plain_loops() {
        return Cases.all(7).stream()
                .filter(c -> !c.dividesWholeNumbersByZero())
                .map(c -> DynamicTest.dynamicTest(c.toString(), () -> check(c)));
    }

    /** Inputs, draws and foreign functions have no values to compare. */
    @Test
    void every_operation_has_a_case() {
        assertThat(Operation.class.getPermittedSubclasses())
                .filteredOn(type -> !Set.of(
                                "Input", "Number", "RandomNormal", "RandomUniform", "Foreign", "ForeignGradient")
                        .contains(type.getSimpleName()))
                .isSubsetOf(Cases.all(7).stream()
                        .<Class<?>>map(each -> each.operation().getClass())
                        .toList());
    }

    private void check(Cases.Case c) {
        List<Operand> operands = new ArrayList<>();
        List<LoopReference.Values> values = new ArrayList<>();
        for (int i = 0; i < c.operands().size(); i++) {
            operands.add(operand(c.operands().get(i), c.values().get(i)));
            values.add(new LoopReference.Values(
                    shape(c.operands().get(i)), c.values().get(i)));
        }
        Type expectedType = TypeInference.infer(c.operation(), c.operands(), null);
        Operand result = apply(c.operation(), operands);
        assertThat(result.type()).isEqualTo(expectedType);
        double[] expected = narrow(
                LoopReference.evaluate(c.operation(), values, shape(expectedType))
                        .elements(),
                expectedType);
        double[] actual =
                switch (result) {
                    case Operand.Number(double value) -> new double[] {value};
                    case Tensor tensor -> {
                        assertThat(tensor.array().getShape().getShape())
                                .isEqualTo(tensor.shape().toArray());
                        assertThat(tensor.array().getDataType()).isEqualTo(DjlTypes.dataType(tensor.dtype()));
                        yield tensor.toDoubles();
                    }
                };
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            if (Double.isNaN(expected[i]) || Double.isInfinite(expected[i])) {
                assertThat(Double.valueOf(actual[i])).isEqualTo(Double.valueOf(expected[i]));
            } else {
                assertThat(actual[i]).isCloseTo(expected[i], within(tolerance(expectedType, expected[i])));
            }
        }
    }

    /** A few roundings of the dtype, relative to the operands (at most 12) if the result is smaller. */
    private static double tolerance(Type type, double value) {
        double rounding = type instanceof Type.TensorType t && t.dtype() == DType.FLOAT32 ? 0x1p-23 : 0x1p-52;
        return 16 * rounding * Math.max(12, Math.abs(value));
    }

    private static double[] narrow(double[] values, Type type) {
        if (type instanceof Type.TensorType t) {
            for (int i = 0; i < values.length; i++) {
                values[i] = switch (t.dtype()) {
                    case BOOL -> values[i] != 0 ? 1 : 0;
                    case INT64 -> (long) values[i];
                    case FLOAT32 -> (float) values[i];
                    case FLOAT64 -> values[i];
                };
            }
        }
        return values;
    }

    private Operand operand(Type type, double[] values) {
        return switch (type) {
            case Type.Scalar s -> new Operand.Number(values[0]);
            case Type.TensorType(DType dtype, Shape shape) -> backend.tensor(dtype, shape, values);
        };
    }

    private static Shape shape(Type type) {
        return switch (type) {
            case Type.Scalar s -> Shape.SCALAR;
            case Type.TensorType(var dtype, Shape shape) -> shape;
        };
    }

    @Test
    void expm1_and_log1p_keep_small_and_extreme_arguments() {
        double[] xs = {1e-30, -1e-30, 1e-8, -1e-8, 1e-4, 0.3, -0.9, 3, 20, 60, 0};
        for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            double tolerance = dtype == DType.FLOAT32 ? 8 * 0x1p-23 : 8 * 0x1p-52;
            double[] inputs = narrow(xs.clone(), Type.tensor(dtype, Shape.of(xs.length)));
            double[] e = unary(UnaryOperation.EXPM1, dtype, inputs);
            double[] l = unary(UnaryOperation.LOG1P, dtype, inputs);
            for (int i = 0; i < xs.length; i++) {
                double exact = Math.expm1(inputs[i]);
                assertThat(e[i]).isCloseTo(exact, within(Math.abs(exact) * tolerance));
                double log = Math.log1p(inputs[i]);
                assertThat(l[i]).isCloseTo(log, within(Math.abs(log) * tolerance));
            }
        }
        double inf = Double.POSITIVE_INFINITY;
        assertThat(unary(UnaryOperation.EXPM1, DType.FLOAT32, -inf, -200, inf, 1000, Double.NaN))
                .containsExactly(-1, -1, inf, inf, Double.NaN);
        assertThat(unary(UnaryOperation.LOG1P, DType.FLOAT32, -1, inf, -2)).containsExactly(-inf, inf, Double.NaN);
    }

    @Test
    void softplus_in_double_keeps_its_tail() {
        double[] xs = {-40, -20, 0, 19.99, 20.01, 25, 40};
        double[] y = unary(UnaryOperation.SOFTPLUS, DType.FLOAT64, xs);
        for (int i = 0; i < xs.length; i++) {
            double exact = Math.max(xs[i], 0) + Math.log1p(Math.exp(-Math.abs(xs[i])));
            assertThat(y[i]).isCloseTo(exact, within(4 * Math.ulp(exact) + Math.abs(exact) * 1e-15));
        }
    }

    private double[] unary(UnaryOperation function, DType dtype, double... values) {
        try (Tensor x = backend.tensor(dtype, Shape.of(values.length), values);
                Tensor y = (Tensor) apply(new Operation.Unary(function), List.of(x))) {
            return y.toDoubles();
        }
    }

    /** Runs an operation as a kernel. */
    private Operand apply(Operation operation, List<? extends Operand> operands) {
        GraphBuilder graph = new GraphBuilder();
        List<Node> inputs = operands.stream()
                .map(operand -> graph.input(operand.type(), null))
                .toList();
        Graph built = graph.build(List.of(graph.add(operation, inputs, null)));
        return backend.compile(built, ParameterInputs.NONE)
                .run(operands, random)
                .getFirst();
    }
}
