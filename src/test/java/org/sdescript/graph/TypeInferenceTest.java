package org.sdescript.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sdescript.diagnostic.SdeError;

class TypeInferenceTest {
    private static final Type FLOAT = Type.tensor(DType.FLOAT32, Shape.of(3, 4));
    private static final Type WHOLE = Type.tensor(DType.INT64, Shape.of(3, 4));
    private static final Type MASK = Type.tensor(DType.BOOL, Shape.of(3, 4));

    private static Type infer(Operation operation, Type... operands) {
        return TypeInference.infer(operation, List.of(operands), null);
    }

    private static Type binary(BinaryOperation function, Type left, Type right) {
        return infer(new Operation.Binary(function), left, right);
    }

    @Test
    void a_number_does_not_widen_a_tensor() {
        assertThat(binary(BinaryOperation.MULTIPLY, FLOAT, Type.NUMBER)).isEqualTo(FLOAT);
        assertThat(binary(BinaryOperation.ADD, Type.NUMBER, Type.NUMBER)).isEqualTo(Type.NUMBER);
        assertThat(binary(BinaryOperation.LESS, FLOAT, Type.NUMBER)).isEqualTo(MASK);
        assertThat(infer(new Operation.Where(), Type.NUMBER, Type.NUMBER, Type.NUMBER))
                .isEqualTo(Type.NUMBER);
    }

    @Test
    void whole_numbers_become_floating_where_results_need_it() {
        assertThat(binary(BinaryOperation.DIVIDE, WHOLE, WHOLE)).isEqualTo(FLOAT);
        assertThat(binary(BinaryOperation.ADD, MASK, MASK)).isEqualTo(WHOLE);
        assertThat(binary(BinaryOperation.ADD, WHOLE, Type.NUMBER)).isEqualTo(FLOAT);
        assertThat(infer(new Operation.Unary(UnaryOperation.EXP), WHOLE)).isEqualTo(FLOAT);
        assertThat(infer(new Operation.Unary(UnaryOperation.ABS), WHOLE)).isEqualTo(WHOLE);
        assertThat(infer(new Operation.Reduce(Reduction.MEAN, List.of(0), false), WHOLE))
                .isEqualTo(Type.tensor(DType.FLOAT32, Shape.of(4)));
        assertThat(infer(new Operation.Reduce(Reduction.SUM, List.of(1), true), MASK))
                .isEqualTo(Type.tensor(DType.INT64, Shape.of(3, 1)));
    }

    @Test
    void shapes_broadcast_from_the_last_axis() {
        assertThat(TypeInference.broadcast(Shape.of(5, 1, 4), Shape.of(3, 1), null))
                .isEqualTo(Shape.of(5, 3, 4));
        assertThat(TypeInference.broadcast(Shape.SCALAR, Shape.of(2), null)).isEqualTo(Shape.of(2));
        assertThat(TypeInference.broadcast(Shape.of(0), Shape.of(1), null)).isEqualTo(Shape.of(0));
    }

    @Test
    void shapes_that_do_not_fit_are_named_both() {
        assertError(
                "E0501",
                "shapes [3, 4] and [3] do not broadcast",
                () -> binary(BinaryOperation.ADD, FLOAT, Type.tensor(DType.FLOAT32, Shape.of(3))));
        assertError(
                "E0502",
                "shapes [3, 4] and [3, 4] do not multiply as matrices",
                () -> infer(new Operation.MatMul(), FLOAT, FLOAT));
        assertError(
                "E0503",
                "a layer for 5 features is given [3, 4]",
                () -> infer(new Operation.Linear(), FLOAT, Type.tensor(DType.FLOAT32, Shape.of(2, 5))));
        assertError(
                "E0504",
                "a tensor of shape [3, 4] cannot become [5]",
                () -> infer(new Operation.Reshape(Shape.of(5)), FLOAT));
        assertError(
                "E0501",
                "shape [3, 4] does not broadcast to [4]",
                () -> infer(new Operation.Broadcast(Shape.of(4)), FLOAT));
        assertError(
                "E0505",
                "shapes [3, 4] and [3, 5] do not join along axis 0",
                () -> infer(new Operation.Concat(0), FLOAT, Type.tensor(DType.FLOAT32, Shape.of(3, 5))));
    }

    private static void assertError(String code, String message, Runnable action) {
        assertThatThrownBy(action::run).isInstanceOfSatisfying(SdeError.class, error -> {
            assertThat(error.diagnostics().getFirst().code()).isEqualTo(code);
            assertThat(error.diagnostics().getFirst().message()).isEqualTo(message);
        });
    }

    @Test
    void structure_follows_the_axes() {
        assertThat(infer(new Operation.Slice(1, 0, 4, 3), FLOAT)).isEqualTo(Type.tensor(DType.FLOAT32, Shape.of(3, 2)));
        assertThat(infer(new Operation.Slice(1, 3, 1, 1), FLOAT)).isEqualTo(Type.tensor(DType.FLOAT32, Shape.of(3, 0)));
        assertThat(infer(new Operation.Permute(List.of(1, 0)), FLOAT))
                .isEqualTo(Type.tensor(DType.FLOAT32, Shape.of(4, 3)));
        assertThat(infer(new Operation.ArgMax(0), FLOAT)).isEqualTo(Type.tensor(DType.INT64, Shape.of(4)));
        assertThat(infer(new Operation.Gather(1), FLOAT, Type.tensor(DType.INT64, Shape.of(7))))
                .isEqualTo(Type.tensor(DType.FLOAT32, Shape.of(3, 7)));
        assertThat(infer(new Operation.MatMul(), FLOAT, Type.tensor(DType.FLOAT32, Shape.of(6, 4, 2))))
                .isEqualTo(Type.tensor(DType.FLOAT32, Shape.of(6, 3, 2)));
    }
}
