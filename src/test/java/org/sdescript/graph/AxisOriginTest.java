package org.sdescript.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each operation either sets the size of an axis or passes on the size of an operand's axis. */
class AxisOriginTest {
    private final GraphBuilder builder = new GraphBuilder();
    private final Node x = builder.input(Type.tensor(DType.FLOAT32, Shape.of(4, 3)), null);
    private final Node weight = builder.input(Type.tensor(DType.FLOAT32, Shape.of(8, 3)), null);
    private final Node bias = builder.input(Type.tensor(DType.FLOAT32, Shape.of(8)), null);
    private final Node dense = node(new Operation.Linear(), x, weight, bias);

    private Node node(Operation operation, Node... inputs) {
        return builder.add(operation, List.of(inputs), null);
    }

    private static void origins(Node node, Node... expected) {
        for (int axis = 0; axis < expected.length; axis++) {
            assertThat(AxisOrigin.of(node, axis))
                    .as("axis %d of %s", axis, node.shape())
                    .isSameAs(expected[axis]);
        }
        assertThat(node.shape().rank()).isEqualTo(expected.length);
    }

    @Test
    void a_layer_sets_the_features_and_passes_the_samples_on() {
        origins(dense, x, dense);
    }

    @Test
    void elementwise_operations_set_nothing() {
        Node root = node(new Operation.Unary(UnaryOperation.SQRT), dense);
        origins(node(new Operation.Cast(DType.FLOAT64), root), x, dense);
    }

    @Test
    void of_two_that_broadcast_the_one_with_the_size_gave_it() {
        Node column = builder.input(Type.tensor(DType.FLOAT32, Shape.of(4, 1)), null);
        origins(node(new Operation.Binary(BinaryOperation.ADD), column, dense), column, dense);
        Node number = builder.input(Type.NUMBER, null);
        origins(node(new Operation.Binary(BinaryOperation.MULTIPLY), number, dense), x, dense);
        Node mask = node(new Operation.Binary(BinaryOperation.LESS), column, number);
        origins(node(new Operation.Where(), mask, number, dense), column, dense);
        Node row = builder.input(Type.tensor(DType.FLOAT32, Shape.of(3)), null);
        Node stretched = node(new Operation.Broadcast(Shape.of(4, 3)), row);
        origins(stretched, stretched, row);
    }

    @Test
    void a_reduction_takes_axes_away_or_makes_them_one() {
        Node deep = builder.input(Type.tensor(DType.FLOAT32, Shape.of(2, 5, 3)), null);
        Node joined = node(new Operation.Concat(2), deep, deep);
        origins(node(new Operation.Reduce(Reduction.SUM, List.of(0), false), joined), deep, joined);
        origins(node(new Operation.Reduce(Reduction.SUM, List.of(0, 1), false), joined), joined);
        Node kept = node(new Operation.Reduce(Reduction.SUM, List.of(1), true), joined);
        origins(kept, deep, kept, joined);
        origins(node(new Operation.ArgMax(1), joined), deep, joined);
    }

    @Test
    void a_product_has_the_rows_of_the_left_and_the_columns_of_the_right() {
        Node right = builder.input(Type.tensor(DType.FLOAT32, Shape.of(8, 5)), null);
        origins(node(new Operation.MatMul(), dense, right), x, right);
        Node many = builder.input(Type.tensor(DType.FLOAT32, Shape.of(7, 8, 5)), null);
        origins(node(new Operation.MatMul(), dense, many), many, x, many);
    }

    @Test
    void a_reshape_keeps_the_axes_that_have_as_many_elements_before_them() {
        Node split = node(new Operation.Reshape(Shape.of(4, 2, 4)), dense);
        origins(split, x, split, split);
        Node flat = node(new Operation.Reshape(Shape.of(32)), dense);
        origins(flat, flat);
        Node wider = node(new Operation.Reshape(Shape.of(4, 1, 8)), dense);
        origins(wider, x, wider, dense);
    }

    @Test
    void cutting_joining_and_choosing_set_their_own_axis_only() {
        Node cut = node(new Operation.Slice(1, 0, 2, 1), dense);
        origins(cut, x, cut);
        Node joined = node(new Operation.Concat(0), dense, dense);
        origins(joined, joined, dense);
        Node index = builder.input(Type.tensor(DType.INT64, Shape.of(9)), null);
        Node chosen = node(new Operation.Gather(0), dense, index);
        origins(chosen, chosen, dense);
        origins(node(new Operation.Permute(List.of(1, 0)), dense), dense, x);
    }

    @Test
    void what_has_no_operand_is_its_own_origin() {
        Node noise = node(new Operation.RandomNormal(DType.FLOAT32, Shape.of(4, 8)));
        origins(noise, noise, noise);
    }

    @Test
    void layers_of_images_set_channels_and_the_sizes_they_change() {
        Node images = builder.input(Type.tensor(DType.FLOAT32, Shape.of(2, 3, 6, 8)), null);
        Node kernel = builder.input(Type.tensor(DType.FLOAT32, Shape.of(4, 3, 3, 3)), null);
        Node same = node(new Operation.Conv2d(new Window(1, 1, 1)), images, kernel);
        origins(same, images, same, images, images);
        Node halved = node(new Operation.Conv2d(new Window(2, 1, 1)), images, kernel);
        origins(halved, images, halved, halved, halved);
        Node back = builder.input(Type.tensor(DType.FLOAT32, Shape.of(4, 1, 4, 4)), null);
        Node doubled = node(new Operation.ConvTranspose2d(new Window(2, 1, 1), 0, 0), halved, back);
        origins(doubled, images, doubled, doubled, doubled);
        Node pooled = node(new Operation.AvgPool2d(2), same);
        origins(node(new Operation.AvgPool2d(1), pooled), images, same, pooled, pooled);
        origins(node(new Operation.UpsampleNearest2d(1), same), images, same, images, images);
        Node channels = builder.input(Type.tensor(DType.FLOAT32, Shape.of(4)), null);
        origins(node(new Operation.GroupNorm(2, 1e-5), same, channels, channels), images, same, images, images);
    }

    @Test
    void norms_softmax_and_attention_pass_on() {
        Node features = builder.input(Type.tensor(DType.FLOAT32, Shape.of(8)), null);
        origins(node(new Operation.LayerNorm(1e-5), dense, features, features), x, dense);
        origins(node(new Operation.Softmax(1), dense), x, dense);
        Node keys = builder.input(Type.tensor(DType.FLOAT32, Shape.of(5, 8)), null);
        Node values = builder.input(Type.tensor(DType.FLOAT32, Shape.of(5, 2)), null);
        origins(node(new Operation.ScaledDotProductAttention(), dense, keys, values), x, values);
    }
}
