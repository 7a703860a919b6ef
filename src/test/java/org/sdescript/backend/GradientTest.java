package org.sdescript.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.graph.TypeInference;

@Tag("numbers")
class GradientTest {
    private static final double STEP = 1e-6;

    private final Backend backend = BackendFixture.backend();
    private final RandomStream random = new RandomStream(1);

    @TestFactory
    Stream<DynamicTest> gradients_agree_with_finite_differences() {
        return Cases.all(19).stream()
                .filter(GradientTest::isDifferentiable)
                .map(c -> DynamicTest.dynamicTest(c.toString(), () -> check(c)));
    }

    /** True if an input and the result are in double precision, and nothing between is narrower. */
    private static boolean isDifferentiable(Cases.Case c) {
        boolean tensors =
                c.operands().stream().allMatch(t -> !(t instanceof Type.TensorType x) || x.dtype() != DType.FLOAT32);
        boolean wide = c.operands().stream().anyMatch(GradientTest::isWide);
        boolean result = TypeInference.infer(c.operation(), c.operands(), null) instanceof Type.TensorType x
                && x.dtype() == DType.FLOAT64;
        boolean slope = !c.operation().equals(new Operation.Binary(BinaryOperation.MODULO))
                || c.operands().stream().allMatch(t -> isWide(t) || t instanceof Type.Scalar);
        boolean constant = c.operation() instanceof Operation.Detach;
        return tensors && wide && result && slope && !constant && !dividesByZero(c);
    }

    private static boolean dividesByZero(Cases.Case c) {
        return c.operation().equals(new Operation.Binary(BinaryOperation.DIVIDE))
                && Arrays.stream(c.values().get(1)).anyMatch(divisor -> divisor == 0);
    }

    private static boolean isWide(Type type) {
        return type instanceof Type.TensorType x && x.dtype() == DType.FLOAT64;
    }

    private void check(Cases.Case c) {
        EagerKernel kernel = weightedSum(c);
        for (int i = 0; i < c.operands().size(); i++) {
            if (isWide(c.operands().get(i)) && !isDivisor(c, i)) {
                double[] exact = gradient(kernel, c, i);
                for (int j = 0; j < exact.length; j++) {
                    double slope = (value(kernel, c, i, j, STEP) - value(kernel, c, i, j, -STEP)) / (2 * STEP);
                    // Truncation is of order STEP² f''' and rounding of order 1e-15 f / STEP; both are well below this
                    // bound.
                    assertThat(exact[j]).isCloseTo(slope, within(1e-6 * (10 + Math.abs(slope))));
                }
            }
        }
    }

    /** Σ wᵢ cast(xᵢ) has the gradient w, in the dtype of x. */
    @ParameterizedTest
    @CsvSource({"FLOAT32, FLOAT64", "FLOAT64, FLOAT32", "FLOAT32, FLOAT32", "FLOAT64, FLOAT64"})
    void a_gradient_passes_a_cast_between_floating_types(DType from, DType to) {
        for (Shape shape : List.of(Shape.of(2, 3), Shape.SCALAR, Shape.of(0, 3))) {
            Cases.Case c = new Cases.Case(
                    new Operation.Cast(to),
                    List.of(Type.tensor(from, shape)),
                    List.of(new double[(int) shape.elements()]));
            double[] expected = new double[(int) shape.elements()];
            Arrays.setAll(expected, i -> 1 + 0.1 * i);
            assertThat(gradient(weightedSum(c), c, 0)).containsExactly(expected, within(1e-7));
        }
    }

    @Test
    void a_gradient_passes_where_dtypes_meet() {
        Type narrow = Type.tensor(DType.FLOAT32, Shape.of(2));
        Type wide = Type.tensor(DType.FLOAT64, Shape.of(2));
        Cases.Case c = new Cases.Case(
                new Operation.Binary(BinaryOperation.MULTIPLY),
                List.of(narrow, wide),
                List.of(new double[] {1, 2}, new double[] {3, 4}));
        assertThat(gradient(weightedSum(c), c, 0)).containsExactly(new double[] {3, 4.4}, within(1e-6));
        assertThat(gradient(weightedSum(c), c, 1)).containsExactly(new double[] {1, 2.2}, within(1e-6));
    }

    /**
     * True for the divisor of a remainder, which jumps where the quotient is whole, as for equal arguments; the first
     * argument is tested instead.
     */
    private static boolean isDivisor(Cases.Case c, int operand) {
        return c.operation().equals(new Operation.Binary(BinaryOperation.MODULO)) && operand == 1;
    }

    /** Σ wᵢ f(…)ᵢ with different weights, so that symmetry hides no error. */
    private EagerKernel weightedSum(Cases.Case c) {
        GraphBuilder graph = new GraphBuilder();
        List<Node> inputs = new ArrayList<>();
        c.operands().forEach(type -> inputs.add(graph.input(type, null)));
        Node result = graph.add(c.operation(), inputs, null);
        Shape shape = result.shape();
        List<Double> weights = new ArrayList<>();
        for (int i = 0; i < shape.elements(); i++) {
            weights.add(1 + 0.1 * i);
        }
        Node weight = graph.add(new Operation.Literal(DType.FLOAT64, shape, weights), List.of(), null);
        Node product = graph.add(new Operation.Binary(BinaryOperation.MULTIPLY), List.of(result, weight), null);
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            axes.add(axis);
        }
        return backend.eager(graph.build(
                List.of(graph.add(new Operation.Reduce(Reduction.SUM, axes, false), List.of(product), null))));
    }

    private double[] gradient(EagerKernel kernel, Cases.Case c, int operand) {
        List<Operand> operands = operands(c, operand, 0, 0);
        Tensor leaf = (Tensor) operands.get(operand);
        leaf.array().setRequiresGradient(true);
        try (PtNDManager scope = backend.scope();
                var collector = backend.newGradientCollector()) {
            PtNDArray loss = kernel.tensor(kernel.execute(scope, operands, random), 0);
            collector.backward(loss);
            try (PtNDArray gradient = JniUtils.getGradient(leaf.array())) {
                return gradient == null ? new double[(int) leaf.shape().elements()] : doubles(gradient);
            }
        } finally {
            close(operands);
        }
    }

    private static double[] doubles(PtNDArray array) {
        try (PtNDArray wide = EngineElementwise.cast(array, DType.FLOAT64)) {
            return wide.toDoubleArray();
        }
    }

    private double value(EagerKernel kernel, Cases.Case c, int operand, int element, double change) {
        List<Operand> operands = operands(c, operand, element, change);
        try (Tensor result = (Tensor) kernel.run(operands, random).getFirst()) {
            return result.item();
        } finally {
            close(operands);
        }
    }

    private List<Operand> operands(Cases.Case c, int changed, int element, double change) {
        List<Operand> operands = new ArrayList<>();
        for (int i = 0; i < c.operands().size(); i++) {
            double[] values = c.values().get(i).clone();
            if (i == changed && change != 0) {
                values[element] += change;
            }
            operands.add(
                    switch (c.operands().get(i)) {
                        case Type.Scalar number -> new Operand.Number(values[0]);
                        case Type.TensorType(DType dtype, Shape shape) -> backend.tensor(dtype, shape, values);
                    });
        }
        return operands;
    }

    private static void close(List<Operand> operands) {
        operands.forEach(operand -> {
            if (operand instanceof Tensor tensor) {
                tensor.close();
            }
        });
    }
}
