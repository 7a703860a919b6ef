package org.sdescript.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PassesTest {
    private static final Type MATRIX = Type.tensor(DType.FLOAT32, Shape.of(8, 3));
    private static final Type WEIGHT = Type.tensor(DType.FLOAT32, Shape.of(3, 3));

    private final GraphBuilder graph = new GraphBuilder();
    private final Node x = graph.input(MATRIX, null);
    private final Node y = graph.input(MATRIX, null);
    private final Node c = graph.input(Type.NUMBER, null);

    private Node add(Operation operation, Node... operands) {
        return graph.add(operation, List.of(operands), null);
    }

    private Node binary(BinaryOperation function, Node a, Node b) {
        return add(new Operation.Binary(function), a, b);
    }

    private Graph built(Node... outputs) {
        return graph.build(List.of(outputs));
    }

    private static List<Operation> operations(Graph graph) {
        return graph.nodes().stream()
                .map(Node::operation)
                .filter(operation -> !(operation instanceof Operation.Input))
                .toList();
    }

    @Test
    void what_changes_nothing_is_left_out() {
        Node one = graph.number(1);
        Node same = binary(BinaryOperation.DIVIDE, binary(BinaryOperation.MULTIPLY, x, one), one);
        Node twice =
                add(new Operation.Unary(UnaryOperation.NEGATE), add(new Operation.Unary(UnaryOperation.NEGATE), same));
        Node reshaped = add(new Operation.Reshape(Shape.of(8, 3)), add(new Operation.Reshape(Shape.of(24)), twice));
        Node cast = add(new Operation.Cast(DType.FLOAT32), add(new Operation.Broadcast(Shape.of(8, 3)), reshaped));

        Graph folded = Folding.of(built(add(new Operation.Permute(List.of(0, 1)), cast)));

        assertThat(operations(folded)).isEmpty();
        assertThat(folded.outputs().getFirst().operation()).isInstanceOf(Operation.Input.class);
    }

    @Test
    void the_same_function_of_a_vector_and_of_its_column_is_computed_once() {
        Node t = graph.input(Type.tensor(DType.FLOAT32, Shape.of(8)), null);
        Node column = add(new Operation.Reshape(Shape.of(8, 1)), t);
        Node std = scaledRoot(t);
        Node standing = scaledRoot(column);

        Graph folded = Folding.of(built(std, binary(BinaryOperation.MULTIPLY, x, standing)));

        assertThat(operations(folded).stream().filter(new Operation.Unary(UnaryOperation.SQRT)::equals))
                .hasSize(1);
        assertThat(folded.outputs().get(1).shape()).isEqualTo(Shape.of(8, 3));
    }

    /** √(c t + t). */
    private Node scaledRoot(Node t) {
        Node sum = binary(BinaryOperation.ADD, binary(BinaryOperation.MULTIPLY, c, t), t);
        return add(new Operation.Unary(UnaryOperation.SQRT), sum);
    }

    @Test
    void a_whole_number_times_one_is_floating_and_stays() {
        Node whole = graph.input(Type.tensor(DType.INT64, Shape.of(2)), null);

        Graph folded = Folding.of(built(binary(BinaryOperation.MULTIPLY, whole, graph.number(1))));

        assertThat(operations(folded)).contains(new Operation.Binary(BinaryOperation.MULTIPLY));
    }

    @Test
    void x_plus_zero_stays_because_minus_zero_would_not_be_zero() {
        Graph folded = Folding.of(built(binary(BinaryOperation.ADD, x, graph.number(0))));

        assertThat(operations(folded)).contains(new Operation.Binary(BinaryOperation.ADD));
    }

    @Test
    void layers_that_see_the_time_alone_are_computed_for_one_row() {
        Node w = graph.input(WEIGHT, null);
        Node times = add(new Operation.Fill(DType.FLOAT32, Shape.of(8)), c);
        Node column = add(new Operation.Reshape(Shape.of(8, 1)), times);
        Node features =
                add(new Operation.Unary(UnaryOperation.SIN), add(new Operation.Broadcast(Shape.of(8, 3)), column));
        Node layer = add(new Operation.Linear(), features, w);
        Node sum = binary(BinaryOperation.ADD, x, layer);

        Graph hoisted = Hoisting.of(built(sum));

        Node result = hoisted.outputs().getFirst();
        assertThat(result.shape()).isEqualTo(Shape.of(8, 3));
        assertThat(result.inputs().get(1).operation()).isEqualTo(new Operation.Linear());
        assertThat(result.inputs().get(1).shape()).isEqualTo(Shape.of(1, 3));
        assertThat(operations(hoisted)).contains(new Operation.Fill(DType.FLOAT32, Shape.of(1)));
    }

    @Test
    void a_factor_that_stands_on_both_sides_is_narrowed_on_the_left_only() {
        Node square = add(new Operation.Fill(DType.FLOAT32, Shape.of(3, 3)), c);

        Graph hoisted = Hoisting.of(built(add(new Operation.MatMul(), square, square)));

        assertThat(hoisted.outputs().getFirst().shape()).isEqualTo(Shape.of(3, 3));
    }

    @Test
    void what_needs_all_rows_gets_them() {
        Node times = add(new Operation.Fill(DType.FLOAT32, Shape.of(8, 3)), c);
        Node waves = add(new Operation.Unary(UnaryOperation.COS), times);
        Node sum = add(new Operation.Reduce(Reduction.SUM, List.of(0), false), waves);

        Graph hoisted = Hoisting.of(built(sum, waves));

        assertThat(hoisted.outputs()).allSatisfy(output -> assertThat(output.type())
                .isEqualTo(output == hoisted.outputs().getFirst() ? sum.type() : waves.type()));
        assertThat(hoisted.outputs().getFirst().inputs().getFirst().operation())
                .isEqualTo(new Operation.Broadcast(Shape.of(8, 3)));
    }

    /** Its rows are entries of a vector, not samples: one of them broadcasts against columns to something else. */
    @Test
    void a_vector_against_a_column_keeps_its_length() {
        Node vector =
                add(new Operation.Unary(UnaryOperation.EXP), add(new Operation.Fill(DType.FLOAT32, Shape.of(3)), c));
        Node column = graph.input(Type.tensor(DType.FLOAT32, Shape.of(8, 1)), null);

        Graph hoisted = Hoisting.of(built(binary(BinaryOperation.MULTIPLY, column, vector)));

        assertThat(hoisted.outputs().getFirst().shape()).isEqualTo(Shape.of(8, 3));
    }

    @Test
    void a_sum_of_scaled_terms_takes_one_operation_a_term() {
        Node sum = binary(
                BinaryOperation.SUBTRACT,
                binary(BinaryOperation.ADD, x, binary(BinaryOperation.MULTIPLY, c, y)),
                binary(BinaryOperation.MULTIPLY, binary(BinaryOperation.ADD, x, y), graph.number(3)));

        Graph fused = Fusion.of(built(sum));

        assertThat(operations(fused).stream().filter(Operation.AddScaled.class::isInstance))
                .hasSize(2);
        assertThat(operations(fused)).doesNotContain(new Operation.Binary(BinaryOperation.MULTIPLY));
    }

    @Test
    void a_product_that_is_used_twice_is_not_fused() {
        Node product = binary(BinaryOperation.MULTIPLY, x, y);

        Graph fused = Fusion.of(built(binary(BinaryOperation.ADD, x, product), product));

        assertThat(operations(fused)).contains(new Operation.Binary(BinaryOperation.MULTIPLY));
        assertThat(operations(fused).stream().filter(Operation.AddProduct.class::isInstance))
                .isEmpty();
    }

    @Test
    void inputs_keep_their_places() {
        Graph optimised = Passes.optimise(built(binary(BinaryOperation.ADD, y, c)));

        assertThat(optimised.inputs()).containsExactly(MATRIX, MATRIX, Type.NUMBER);
        assertThat(optimised.outputs().getFirst().inputs().getFirst().operation())
                .isEqualTo(new Operation.Input(1, MATRIX));
    }
}
