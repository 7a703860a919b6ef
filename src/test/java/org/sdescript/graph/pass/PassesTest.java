package org.sdescript.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
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

        Graph folded = IdentityElimination.of(built(add(new Operation.Permute(List.of(0, 1)), cast)));

        assertThat(operations(folded)).isEmpty();
        assertThat(folded.outputs().getFirst().operation()).isInstanceOf(Operation.Input.class);
    }

    @Test
    void the_same_function_of_a_vector_and_of_its_column_is_computed_once() {
        Node t = graph.input(Type.tensor(DType.FLOAT32, Shape.of(8)), null);
        Node column = add(new Operation.Reshape(Shape.of(8, 1)), t);
        Node std = scaledRoot(t);
        Node standing = scaledRoot(column);

        Graph folded = IdentityElimination.of(built(std, binary(BinaryOperation.MULTIPLY, x, standing)));

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

        Graph folded = IdentityElimination.of(built(binary(BinaryOperation.MULTIPLY, whole, graph.number(1))));

        assertThat(operations(folded)).contains(new Operation.Binary(BinaryOperation.MULTIPLY));
    }

    @Test
    void x_plus_zero_stays_because_minus_zero_would_not_be_zero() {
        Graph folded = IdentityElimination.of(built(binary(BinaryOperation.ADD, x, graph.number(0))));

        assertThat(operations(folded)).contains(new Operation.Binary(BinaryOperation.ADD));
    }

    @Test
    void zero_is_not_added_to_what_has_no_sign() {
        Node square = add(new Operation.Unary(UnaryOperation.SQUARE), x);
        Node mean = add(new Operation.Reduce(Reduction.MEAN, List.of(0, 1), false), square);

        Graph folded = IdentityElimination.of(built(binary(BinaryOperation.ADD, graph.number(0), mean)));

        assertThat(operations(folded)).doesNotContain(new Operation.Binary(BinaryOperation.ADD));
    }

    @Test
    void a_tensor_of_one_number_is_that_number_beside_one_of_the_result_s_shape() {
        Node row = add(new Operation.Reshape(Shape.of(1, 3)), filled(Shape.of(3)));
        Node product = binary(BinaryOperation.MULTIPLY, filled(Shape.of(8, 3)), x);

        Graph folded = IdentityElimination.of(built(binary(BinaryOperation.DIVIDE, product, row)));

        assertThat(operations(folded))
                .containsExactly(
                        new Operation.Binary(BinaryOperation.MULTIPLY), new Operation.Binary(BinaryOperation.DIVIDE));
        assertThat(folded.nodes().getLast().inputs().get(1).isNumber()).isTrue();
    }

    @Test
    void a_tensor_of_one_number_that_gives_the_result_its_shape_stays() {
        Node row = graph.input(Type.tensor(DType.FLOAT32, Shape.of(3)), null);

        Graph folded = IdentityElimination.of(built(binary(BinaryOperation.MULTIPLY, row, filled(Shape.of(8, 3)))));

        assertThat(operations(folded)).contains(new Operation.Fill(DType.FLOAT32, Shape.of(8, 3)));
    }

    private Node filled(Shape shape) {
        return add(new Operation.Fill(DType.FLOAT32, shape), c);
    }

    /** v (−y/√v + z/√v)² with one v per row. */
    private Node weightedLoss(Node variance, Node narrow) {
        Node std = add(new Operation.Unary(UnaryOperation.SQRT), variance);
        Node inverse =
                add(new Operation.Unary(UnaryOperation.NEGATE), binary(BinaryOperation.DIVIDE, graph.number(1), std));
        Node scale = narrow == variance ? inverse : add(new Operation.Cast(DType.FLOAT32), inverse);
        Node error = binary(
                BinaryOperation.SUBTRACT,
                binary(BinaryOperation.MULTIPLY, scale, x),
                binary(BinaryOperation.MULTIPLY, scale, y));
        return binary(BinaryOperation.MULTIPLY, narrow, binary(BinaryOperation.MULTIPLY, error, error));
    }

    @Test
    void the_score_s_loss_weighted_by_the_variance_is_that_of_the_noise() {
        Node variance = graph.input(Type.tensor(DType.FLOAT32, Shape.of(8, 1)), null);

        Graph factored = Factoring.of(built(weightedLoss(variance, variance)));

        assertThat(operations(factored))
                .containsExactly(
                        new Operation.Binary(BinaryOperation.SUBTRACT), new Operation.Binary(BinaryOperation.MULTIPLY));
    }

    @Test
    void factors_cancel_through_casts_too() {
        Node variance = graph.input(Type.tensor(DType.FLOAT64, Shape.of(8, 1)), null);
        Node narrow = add(new Operation.Cast(DType.FLOAT32), variance);

        Graph factored = Factoring.of(built(weightedLoss(variance, narrow)));

        assertThat(operations(factored)).hasSize(2);
    }

    @Test
    void the_root_of_a_square_does_not_cancel() {
        Node w = graph.input(Type.tensor(DType.FLOAT32, Shape.of(8, 1)), null);
        Node root = add(new Operation.Unary(UnaryOperation.SQRT), add(new Operation.Unary(UnaryOperation.SQUARE), w));
        Node product = binary(
                BinaryOperation.MULTIPLY,
                binary(BinaryOperation.DIVIDE, graph.number(1), w),
                binary(BinaryOperation.MULTIPLY, root, x));

        assertThat(operations(Factoring.of(built(product)))).contains(new Operation.Unary(UnaryOperation.SQRT));
    }

    @Test
    void a_product_that_is_read_elsewhere_is_not_taken_apart() {
        Node w = graph.input(Type.tensor(DType.FLOAT32, Shape.of(8, 1)), null);
        Node scaled = binary(BinaryOperation.MULTIPLY, w, x);
        Node difference = binary(BinaryOperation.SUBTRACT, scaled, binary(BinaryOperation.MULTIPLY, w, y));

        Graph factored = Factoring.of(built(difference, scaled));

        assertThat(operations(factored)).hasSize(3);
    }

    @Test
    void numbers_are_brought_together() {
        Node twice = binary(BinaryOperation.MULTIPLY, graph.number(2), x);
        Node scaled = add(new Operation.Unary(UnaryOperation.NEGATE), binary(BinaryOperation.MULTIPLY, twice, c));
        Node sum = binary(BinaryOperation.SUBTRACT, x, scaled);

        Graph collected = ScalarCollection.of(built(binary(BinaryOperation.DIVIDE, sum, c)));

        assertThat(collected.nodes().stream().filter(node -> !node.isNumber()).map(Node::operation))
                .containsExactly(new Operation.Input(0, MATRIX), new Operation.Binary(BinaryOperation.MULTIPLY));
    }

    @Test
    void a_quotient_stays_one() {
        Node quotient = binary(BinaryOperation.DIVIDE, x, c);

        assertThat(operations(ScalarCollection.of(built(quotient))))
                .containsExactly(new Operation.Binary(BinaryOperation.DIVIDE));
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

    /** For equal rows, operations that count, select or order rows need more than one of them. */
    @Test
    void what_goes_along_the_rows_is_not_computed_for_one_of_them() {
        for (Operation operation : List.of(
                new Operation.Slice(0, 2, 5, 1),
                new Operation.Slice(0, 0, 8, 2),
                new Operation.Softmax(0),
                new Operation.ArgMax(0),
                new Operation.Permute(List.of(1, 0)),
                new Operation.Reduce(Reduction.SUM, List.of(0, 1), true))) {
            Node waves = add(
                    new Operation.Unary(UnaryOperation.COS), add(new Operation.Fill(DType.FLOAT32, Shape.of(8, 3)), c));
            Node along = add(operation, waves);

            Node result = Hoisting.of(built(along)).outputs().getFirst();

            assertThat(result.type()).isEqualTo(along.type());
            assertThat(result.operation()).isEqualTo(operation);
            assertThat(result.inputs().getFirst().shape()).isEqualTo(Shape.of(8, 3));
        }
    }

    private static List<Operation> alongARow() {
        return List.of(
                new Operation.Slice(1, 0, 2, 1),
                new Operation.Softmax(1),
                new Operation.ArgMax(1),
                new Operation.CumulativeSum(1, false),
                new Operation.Permute(List.of(0, 1)),
                new Operation.Reduce(Reduction.SUM, List.of(1), true));
    }

    @Test
    void what_goes_along_equal_rows_is_computed_for_one_of_them() {
        for (Operation operation : alongARow()) {
            Node waves = add(
                    new Operation.Unary(UnaryOperation.COS), add(new Operation.Fill(DType.FLOAT32, Shape.of(8, 3)), c));
            Node along = add(operation, waves);

            Graph hoisted = Hoisting.of(built(along));

            assertThat(hoisted.outputs().getFirst().type()).isEqualTo(along.type());
            assertThat(hoisted.nodes()).anySatisfy(node -> {
                assertThat(node.operation()).isEqualTo(operation);
                assertThat(node.inputs().getFirst().shape()).isEqualTo(Shape.of(1, 3));
            });
        }
    }

    @Test
    void what_goes_along_rows_that_differ_stays() {
        for (Operation operation : alongARow()) {
            Node along = add(operation, x);

            Graph hoisted = Hoisting.of(built(along));

            assertThat(operations(hoisted)).containsExactly(operation);
            assertThat(hoisted.nodes().getLast().inputs().getFirst().shape()).isEqualTo(x.shape());
        }
    }

    /**
     * The rows of the vector are entries, not samples: broadcast against columns, a single row would give another
     * shape.
     */
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
    void a_layer_s_product_is_summed_on_what_is_added_to_it() {
        Node weight = graph.input(WEIGHT, null);
        Node bias = graph.input(Type.tensor(DType.FLOAT32, Shape.of(3)), null);
        Node around = binary(BinaryOperation.ADD, y, add(new Operation.Linear(), x, weight, bias));
        Node back = binary(BinaryOperation.ADD, add(new Operation.Linear(), around, weight, bias), around);

        Graph fused = Fusion.of(built(back));

        assertThat(operations(fused)).containsExactly(new Operation.AddLinear(), new Operation.AddLinear());
        assertThat(fused.nodes().getLast().inputs().getLast().operation()).isEqualTo(new Operation.AddLinear());
    }

    @Test
    void a_row_added_to_a_layer_or_a_layer_used_twice_is_not_fused() {
        Node weight = graph.input(WEIGHT, null);
        Node bias = graph.input(Type.tensor(DType.FLOAT32, Shape.of(3)), null);
        Node layer = add(new Operation.Linear(), x, weight, bias);

        assertThat(operations(Fusion.of(built(binary(BinaryOperation.ADD, bias, layer)))))
                .contains(new Operation.Linear());
        assertThat(operations(Fusion.of(built(binary(BinaryOperation.ADD, y, layer), layer))))
                .contains(new Operation.Linear());
    }

    @Test
    void inputs_keep_their_places() {
        Graph optimised = Passes.optimise(built(binary(BinaryOperation.ADD, y, c)));

        assertThat(optimised.inputs()).containsExactly(MATRIX, MATRIX, Type.NUMBER);
        assertThat(optimised.outputs().getFirst().inputs().getFirst().operation())
                .isEqualTo(new Operation.Input(1, MATRIX));
    }
}
