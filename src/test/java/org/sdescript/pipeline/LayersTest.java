package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sdescript.Script;
import org.sdescript.backend.LayerReference;
import org.sdescript.backend.LoopReference;
import org.sdescript.backend.LoopReference.Values;
import org.sdescript.backend.RandomStream;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Window;
import org.sdescript.runtime.kernel.InitialValues;

/** Each layer against plain loops over its parameters. */
@Tag("numbers")
class LayersTest {
    /** Sums of at most 100 products of numbers of order 1 in double. */
    private static final double ROUNDING = 1e-12;

    private static final Values IMAGES = normal(Shape.of(2, 4, 5, 6));
    private static final Values VECTORS = normal(Shape.of(3, 4));
    private static final Values SEQUENCES = normal(Shape.of(2, 3, 4));

    private static Values normal(Shape shape) {
        return new Values(shape, new RandomStream(9).normal(shape));
    }

    private static NetworkRun run(String body, Values x) {
        return NetworkRun.of(body, x, false);
    }

    private static List<Values> with(Values x, NetworkRun run) {
        return Stream.concat(Stream.of(x), run.parameters().values().stream()).toList();
    }

    private static void same(Values actual, Values expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(actual.elements()).containsExactly(expected.elements(), within(ROUNDING));
    }

    @Test
    void dense_is_a_matrix_with_or_without_bias() {
        NetworkRun run = run("dense(x, 2)", SEQUENCES);
        assertThat(run.parameters().keySet()).containsExactly("net.dense_1.weight", "net.dense_1.bias");
        Values weight = run.parameters().get("net.dense_1.weight");
        Values bias = run.parameters().get("net.dense_1.bias");
        assertThat(weight.shape()).isEqualTo(Shape.of(2, 4));
        same(
                run.output(),
                LoopReference.fill(Shape.of(2, 3, 2), i -> bias.at(i[2]) + product(weight, i[2], SEQUENCES, i)));
        NetworkRun without = run("dense(x, 2, bias = false)", SEQUENCES);
        Values only = without.parameters().get("net.dense_1.weight");
        assertThat(without.parameters()).hasSize(1);
        same(without.output(), LoopReference.fill(Shape.of(2, 3, 2), i -> product(only, i[2], SEQUENCES, i)));
    }

    /** Row r of a matrix times the features of a sequence element. */
    private static double product(Values matrix, long r, Values h, long[] i) {
        return IntStream.range(0, (int) matrix.shape().size(1))
                .mapToDouble(k -> matrix.at(r, k) * h.at(i[0], i[1], k))
                .sum();
    }

    @Test
    void conv2d_pads_so_that_the_size_stays() {
        NetworkRun run = run("conv2d(x, 3)", IMAGES);
        assertThat(run.parameters().keySet()).containsExactly("net.conv2d_1.weight", "net.conv2d_1.bias");
        assertThat(run.parameters().get("net.conv2d_1.weight").shape()).isEqualTo(Shape.of(3, 4, 3, 3));
        same(run.output(), LayerReference.conv2d(with(IMAGES, run), new Window(1, 1, 1), Shape.of(2, 3, 5, 6)));
    }

    @Test
    void conv2d_takes_kernel_stride_padding_and_dilation() {
        NetworkRun run = run("conv2d(x, 3, kernel = 2, stride = 2, padding = 3, bias = false)", IMAGES);
        same(run.output(), LayerReference.conv2d(with(IMAGES, run), new Window(2, 3, 1), Shape.of(2, 3, 5, 6)));
        NetworkRun dilated = run("conv2d(x, 3, dilation = 2)", IMAGES);
        same(dilated.output(), LayerReference.conv2d(with(IMAGES, dilated), new Window(1, 2, 2), Shape.of(2, 3, 5, 6)));
    }

    @Test
    void a_stride_of_two_halves_images_and_a_transposed_convolution_doubles_them() {
        for (int kernel = 1; kernel <= 5; kernel++) {
            Values even = normal(Shape.of(1, 2, 6, 8));
            assertThat(run("conv2d(x, 1, kernel = %d, stride = 2)".formatted(kernel), even)
                            .output()
                            .shape())
                    .isEqualTo(Shape.of(1, 1, 3, 4));
            assertThat(run("conv_transpose2d(x, 1, kernel = %d)".formatted(kernel), even)
                            .output()
                            .shape())
                    .isEqualTo(Shape.of(1, 1, 12, 16));
        }
    }

    @Test
    void conv_transpose2d_paints_its_kernel_around_each_pixel() {
        NetworkRun run = run("conv_transpose2d(x, 3)", IMAGES);
        assertThat(run.parameters().get("net.conv_transpose2d_1.weight").shape())
                .isEqualTo(Shape.of(4, 3, 4, 4));
        same(
                run.output(),
                LayerReference.convTranspose2d(with(IMAGES, run), new Window(2, 1, 1), Shape.of(2, 3, 10, 12)));
        NetworkRun own = run("conv_transpose2d(x, 3, kernel = 3, stride = 3, padding = 2)", IMAGES);
        same(
                own.output(),
                LayerReference.convTranspose2d(with(IMAGES, own), new Window(3, 2, 1), Shape.of(2, 3, 11, 14)));
    }

    @Test
    void norms_scale_and_shift_after_they_have_normalised() {
        NetworkRun groups = run("group_norm(x, groups = 2)", IMAGES);
        List<Values> given = with(IMAGES, groups);
        same(groups.output(), LoopReference.fill(IMAGES.shape(), i -> LayerReference.groupNorm(given, 2, 1e-5, i)));
        NetworkRun features = run("layer_norm(x, eps = 0.1)", SEQUENCES);
        List<Values> its = with(SEQUENCES, features);
        same(features.output(), LoopReference.fill(SEQUENCES.shape(), i -> LayerReference.layerNorm(its, 0.1, i)));
    }

    @Test
    void an_embedding_picks_rows() {
        Values labels = new Values(Shape.of(3), new double[] {2, 0, 2});
        NetworkRun run = run("embedding(x, 4, 5)", labels);
        Values table = run.parameters().get("net.embedding_1.weight");
        assertThat(table.shape()).isEqualTo(Shape.of(4, 5));
        same(run.output(), LoopReference.fill(Shape.of(3, 5), i -> table.at((long) labels.at(i[0]), i[1])));
        Values pairs = new Values(Shape.of(2, 2), new double[] {3, 1, 0, 0});
        assertThat(run("embedding(x, 4, 5)", pairs).output().shape()).isEqualTo(Shape.of(2, 2, 5));
    }

    @Test
    void self_attention_mixes_the_elements_of_a_sequence_head_by_head() {
        NetworkRun run = run("self_attention(x, heads = 2)", SEQUENCES);
        same(run.output(), attention(SEQUENCES, run, 2));
        NetworkRun single = run("self_attention(x, heads = 1)", SEQUENCES);
        same(single.output(), attention(SEQUENCES, single, 1));
    }

    @Test
    void self_attention_of_an_image_is_that_of_its_pixels() {
        NetworkRun run = run("self_attention(x)", IMAGES);
        Values pixels = LoopReference.fill(Shape.of(2, 30, 4), i -> IMAGES.at(i[0], i[2], i[1] / 6, i[1] % 6));
        Values mixed = attention(pixels, run, 4);
        same(run.output(), LoopReference.fill(IMAGES.shape(), i -> mixed.at(i[0], i[2] * 6 + i[3], i[1])));
    }

    private static Values attention(Values h, NetworkRun run, int heads) {
        String layer = "net.self_attention_1.";
        Values weight = run.parameters().get(layer + "qkv_weight");
        Values bias = run.parameters().get(layer + "qkv_bias");
        int features = (int) h.shape().size(2);
        int width = features / heads;
        Values mixed = LoopReference.fill(h.shape(), i -> {
            long head = i[2] / width;
            double[] weights = new double[(int) h.shape().size(1)];
            for (int r = 0; r < weights.length; r++) {
                for (long d = head * width; d < (head + 1) * width; d++) {
                    double q = bias.at(d) + product(weight, d, h, i);
                    double k = bias.at(features + d) + product(weight, features + d, h, new long[] {i[0], r});
                    weights[r] += q * k / Math.sqrt(width);
                }
            }
            double total = Arrays.stream(weights).map(Math::exp).sum();
            return IntStream.range(0, weights.length)
                    .mapToDouble(r -> Math.exp(weights[r])
                            / total
                            * (bias.at(2 * features + i[2])
                                    + product(weight, 2 * features + i[2], h, new long[] {i[0], r})))
                    .sum();
        });
        Values out = run.parameters().get(layer + "out_weight");
        Values shift = run.parameters().get(layer + "out_bias");
        return LoopReference.fill(h.shape(), i -> shift.at(i[2]) + product(out, i[2], mixed, i));
    }

    @Test
    void dropout_drops_while_training_only() {
        Values ones = new Values(
                Shape.of(100, 100),
                LoopReference.fill(Shape.of(100, 100), i -> 1).elements());
        same(run("dropout(x, 0.3)", ones).output(), ones);
        double[] dropped = NetworkRun.of("dropout(x, 0.3)", ones, true).output().elements();
        assertThat(Arrays.stream(dropped).filter(v -> v != 0))
                .allSatisfy(v -> assertThat(v).isCloseTo(1 / 0.7, within(ROUNDING)));
        // The number of dropped ones has standard deviation √(10⁴·0.3·0.7) = 46; five of these are allowed.
        assertThat((double) Arrays.stream(dropped).filter(v -> v == 0).count()).isCloseTo(3000, within(230.0));
    }

    @Test
    void every_layer_starts_as_in_pytorch() {
        initials("dense(x, 7)", VECTORS, new InitialValues.Uniform(0.5), new InitialValues.Uniform(0.5));
        initials("conv2d(x, 7)", IMAGES, new InitialValues.Uniform(1 / 6.0), new InitialValues.Uniform(1 / 6.0));
        initials(
                "conv_transpose2d(x, 9, kernel = 2)",
                IMAGES,
                new InitialValues.Uniform(1 / 6.0),
                new InitialValues.Uniform(1 / 6.0));
        initials("group_norm(x, groups = 1)", IMAGES, InitialValues.ONES, InitialValues.ZEROS);
        initials("layer_norm(x)", VECTORS, InitialValues.ONES, InitialValues.ZEROS);
        initials("embedding(x, 9, 9)", new Values(Shape.of(1), new double[] {0}), InitialValues.NORMAL);
        initials(
                "self_attention(x)",
                SEQUENCES,
                new InitialValues.Uniform(Math.sqrt(6.0 / 16)),
                InitialValues.ZEROS,
                new InitialValues.Uniform(0.5),
                InitialValues.ZEROS);
    }

    private static void initials(String body, Values x, InitialValues... expected) {
        assertThat(run(body, x).initials().values()).as(body).containsExactly(expected);
    }

    /** Moments of 10⁵ numbers, each within five of its standard deviations. */
    @Test
    void first_values_are_spread_as_they_are_said_to_be() {
        Shape shape = Shape.of(100, 1000);
        double[] uniform = new InitialValues.Uniform(0.5).values(shape, new RandomStream(2));
        assertThat(Arrays.stream(uniform).max().orElseThrow()).isBetween(0.499, 0.5);
        assertThat(Arrays.stream(uniform).min().orElseThrow()).isBetween(-0.5, -0.499);
        assertThat(Arrays.stream(uniform).average().orElseThrow()).isCloseTo(0, within(5 * 0.29 / 316));
        assertThat(Arrays.stream(uniform).map(v -> v * v).average().orElseThrow())
                .isCloseTo(0.25 / 3, within(5 * 0.075 / 316));
        double[] normal = InitialValues.NORMAL.values(shape, new RandomStream(2));
        assertThat(Arrays.stream(normal).average().orElseThrow()).isCloseTo(0, within(5.0 / 316));
        assertThat(Arrays.stream(normal).map(v -> v * v).average().orElseThrow())
                .isCloseTo(1, within(5 * Math.sqrt(2) / 316));
        assertThat(InitialValues.ONES.values(Shape.of(2), new RandomStream(2))).containsExactly(1, 1);
    }

    @Test
    void parameters_are_named_after_the_path_of_calls() {
        assertThat(Script.run("""
                network block(h, n) = dense(silu(layer_norm(h)), n)
                network tall(x, t) = block(x, 4) + block(block(x, 3), 4) + dense(x, 4)
                describe(tall, shape = [2, 3])
                """).stream().map(line -> line.replaceAll("  +\\[.*", "")))
                .containsExactly(
                        "layer             output  parameters",
                        "tall",
                        "  block_1",
                        "    layer_norm_1",
                        "    dense_1",
                        "  block_2",
                        "    layer_norm_1",
                        "    dense_1",
                        "  block_3",
                        "    layer_norm_1",
                        "    dense_1",
                        "  dense_1",
                        "7 layers, 78 parameters, 312 bytes in float32");
    }
}
