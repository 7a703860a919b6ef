package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sdescript.Refusal;
import org.sdescript.Script;
import org.sdescript.diagnostic.SdeError;

/** The standard library's networks for images, and classifiers. */
@Tag("numbers")
class NetworksTest {

    @Test
    void a_u_net_takes_images_of_any_channels_and_starts_from_nothing() {
        assertThat(Script.run("""
                for shape in [[4, 1, 16, 16], [4, 3, 8, 12]] {
                  score = train(unet(base = 8, multipliers = [1, 2], blocks = 2), randn(shape), VP(), steps = 1, batch = 4,
                                optimizer = adam(learning_rate = 0))
                  print(max(abs(score(randn(shape), 0.5))) == 0)
                }
                """)).containsExactly("true", "true");
    }

    /** Sizes that two halvings do not divide: 7 → 4 → 2 and 5 → 3 → 2, and 1 → 1 → 1. */
    @Test
    void a_u_net_takes_images_of_any_size() {
        assertThat(Script.run("""
                for shape in [[2, 1, 7, 5], [2, 2, 1, 10]] {
                  x = randn(shape)
                  score = train(unet(base = 4, attention = [3]), x, VP(), steps = 2, batch = 2,
                                optimizer = adam(learning_rate = 0.1))
                  print(score(x, 0.5).shape, min(abs(score(x, 0.5))) > 0)
                }
                """)).containsExactly("[2, 1, 7, 5] true", "[2, 2, 1, 10] true");
    }

    @Test
    void a_u_net_without_classes_refuses_a_label() {
        String trained =
                "score = train(unet(base = 4, multipliers = [1]), glyphs(8, size = 8), VP(), steps = 1, batch = 8)\n";

        assertThatThrownBy(() -> Script.run(trained + "x = score(label = 0)\n"))
                .satisfies(Refusal.with("E0815"))
                .hasMessageContaining("does not use `label`");
        assertThatThrownBy(() -> Script.run(trained + "x = score(zeros([1, 1, 8, 8]), 0.5, 0)\n"))
                .satisfies(Refusal.with("E0815"));
    }

    @Test
    void a_model_that_was_trained_without_labels_refuses_one() {
        assertThatThrownBy(() -> Script.run("""
                network told(x, t, label = none) {
                  h = dense(x, 2)
                  return if label == none then h else h + embedding(label, 8, 2)
                }
                score = train(told, moons(16).x, VP(), steps = 1, batch = 8)
                print(score(zeros([1, 2]), 0.5).shape, score(zeros([1, 2]), 0.5, none).shape)
                print(score(label = 3))
                """))
                .satisfies(Refusal.with("E0815"))
                .hasMessageContaining("was trained without `label`");
    }

    /**
     * In units of the exact score, for data at 1 or −1. Over eight seeds the difference between the labels was 1.16
     * with a spread of 0.18, and without a label the score deviated from the middle by 0.0 with a spread of 0.16. The
     * means of four seeds spread half as much: the bounds are 7 and 5.1 times that.
     */
    @Test
    void a_u_net_tells_labels_apart_and_does_without() {
        double[] found = Script.numbers("""
                exact = VP().transition.mean_coef(0.3)/VP().transition.variance(0.3)
                x = ones([64, 1, 4, 4])*reshape(concat([ones([32]), -ones([32])], axis = 0), [64, 1, 1, 1])
                data = labelled(x, x[:, 0, 0, 0] > 0)
                at = zeros([8, 1, 4, 4])
                for s in 1..4 {
                  score = train(unet(base = 8, multipliers = [1, 1], classes = 2), data, VP(), steps = 150, batch = 32, seed = s,
                                ema = 0.5, optimizer = adam(learning_rate = 1e-2))
                  print(mean(score(label = 1)(at, 0.3))/exact, mean(score(label = 0)(at, 0.3))/exact, mean(score(at, 0.3))/exact)
                }
                """);
        double apart = 0;
        double off = 0;
        for (int i = 0; i < found.length; i += 3) {
            apart += (found[i] - found[i + 1]) / 4;
            off += (found[i + 2] - (found[i] + found[i + 1]) / 2) / 4;
        }
        assertThat(found).hasSize(12);
        assertThat(apart).isBetween(0.5, 1.8);
        assertThat(off).isCloseTo(0, within(0.41));
    }

    /**
     * The block's last convolution starts at zero, so the initial output is the skip connection alone, scaled by
     * 1/√2.
     */
    @Test
    void a_residual_block_starts_as_what_goes_around_it_over_the_root_of_two() {
        double[] found = Script.numbers("""
                network one(x, t) = residual_block(x, dense(sinusoidal(t, 8), 8), n = x.shape[1])
                x = randn([2, 4, 3, 3])
                score = train(one, x, VP(), predict = "score", steps = 1, batch = 2, optimizer = adam(learning_rate = 0))
                print(number(max(abs(score(x, 0.5)*sqrt(2) - x))))
                """);
        // √2 and a division in float32, of numbers below 5
        assertThat(found[0]).isLessThan(5 * 4 * 0x1p-24);
    }

    /**
     * The network outputs 1 for a dropped label, so the mean loss is the fraction of dropped labels; 5.2 standard
     * errors: 2e-7.
     */
    @Test
    void label_dropout_leaves_out_the_share_of_labels_that_it_is_given() {
        double[] losses = Script.numbers("""
                network left_out(x, t, label) = 0*dense(x, 1) + reshape(where(label == 2, 1, 0), [-1, 1])
                loss share(score, process, x0) = mean(score(x0, 0.5))
                data = labelled(zeros([1000, 1]), arange(1000) % 2)
                score = train(left_out, data, VP(), loss = label_dropout(without = 2, rate = 0.2, loss = share), predict = "score",
                              steps = 50, batch = 1000, seed = 1, optimizer = adam(learning_rate = 0))
                print(score.losses)
                """);
        double share = Arrays.stream(losses).average().orElseThrow();
        assertThat(share).isCloseTo(0.2, within(5.2 * Math.sqrt(0.2 * 0.8 / 50_000)));
    }

    /**
     * The mean loss interpolates between the network's outputs with and without the label, at the fraction of dropped
     * labels.
     */
    @Test
    void a_condition_keeps_the_share_of_labels_from_the_network_that_it_is_given() {
        double[] found = Script.numbers("""
                network told(x, t, label = none) = condition(t, label, n = 1, classes = 2, label_dropout = 0.2)
                loss answer(score, process, x0) = mean(score(x0, 0.5))
                data = labelled(zeros([1000, 1]), zeros([1000]))
                score = train(told, data, VP(), loss = answer, predict = "score", steps = 50, batch = 1000, seed = 1,
                              optimizer = adam(learning_rate = 0))
                kept = number(score(label = 0)(zeros([1, 1]), 0.5))
                without = number(score(zeros([1, 1]), 0.5))
                print(mean([(l - kept)/(without - kept) for l in score.losses]))
                """);
        assertThat(found[0]).isCloseTo(0.2, within(5.2 * Math.sqrt(0.2 * 0.8 / 50_000)));
    }

    @Test
    void a_classifier_of_noisy_points_says_what_bayes_rule_says() {
        // Two normal clusters at ±1: log p(1|x)/p(0|x) = 2 a x/(a² s² + b²) at each time.
        double[] found = Script.numbers("""
                n = 2000
                y = uniform(0, 1, [n]) < 0.5
                x = reshape(where(y, 1, -1) + 0.5*randn([n]), [n, 1])
                sure = train(classifier(classes = 2, base = 8, multipliers = [1]), labelled(x, y), VP(), loss = classification(),
                             steps = 600, batch = 256, seed = 1, optimizer = adam(learning_rate = 5e-3))
                at = tensor([[-0.5], [0.2], [0.8]])
                for t in [0.05, 0.3] {
                  a = VP().transition.mean_coef(t)
                  truth = 2*a*at[:, 0]/((a*0.5)^2 + VP().transition.variance(t))
                  print(max(abs(exp(log_prob(sure(at, t), 1)) - 1/(1 + exp(-truth)))))
                }
                """);
        // over six seeds the largest error was 0.018 in the mean, with a spread of 0.026; the bound is 5 spreads
        // above the mean
        assertThat(Arrays.stream(found).max().orElseThrow()).isLessThan(0.15);
    }

    @Test
    void log_prob_is_normalised_and_takes_one_label_or_one_for_each() {
        assertThat(Script.run("""
                h = tensor([[0, log(3)], [5, 5]])
                print(exp(log_prob(h, 1)), exp(log_prob(h, tensor([0, 1]))))
                """)).containsExactly("tensor([0.75, 0.5]) tensor([0.25, 0.5])");
    }

    @Test
    void labels_go_with_their_samples_when_these_are_drawn_in_batches() {
        assertThat(Script.run("""
                network told(x, t, label) = dense(x, 2) + 5*embedding(label, 2, 2)
                data = labelled(randn([8, 2]), tensor([0, 1, 0, 1, 0, 1, 0, 1]))
                score = train(told, data, VP(), steps = 1, batch = 8, seed = 1)
                given = score(label = tensor([0, 1, 1, 0, 1]))
                at_once = sample(VP(), given, n = 5, seed = 2, using = pc(steps = 5))
                in_parts = sample(VP(), given, n = 5, seed = 2, batch = 2, using = pc(steps = 5))
                other = sample(VP(), score(label = 0), n = 5, seed = 2, using = pc(steps = 5))
                print(max(abs(at_once - in_parts)) < 1e-4, max(abs(at_once - other)) > 0.1)
                """)).containsExactly("true true");
    }

    @Test
    void a_loss_that_takes_labels_wants_them() {
        assertThatThrownBy(() ->
                        Script.run("train(classifier(), randn([8, 2]), VP(), loss = classification(), steps = 1)"))
                .satisfies(Refusal.with("E0565"));
    }

    @Test
    void a_label_beyond_the_classes_is_among_the_causes_of_a_loss_that_is_no_number() {
        assertThatThrownBy(() -> Script.run("""
                data = labelled(randn([32, 2]), tensor([i % 10 for i in 0..31]))
                train(classifier(base = 8, classes = 5), data, VP(), loss = classification(), steps = 2, batch = 32)
                """))
                .satisfies(Refusal.with("E0801"))
                .satisfies(error -> assertThat(
                                ((SdeError) error).diagnostics().getFirst().toString())
                        .contains("none of the network's classes"));
    }

    /** Four channels or more in a group and 32 groups at most: of 16 channels 4 groups, of 20 five, of 132 the 22 of six channels. */
    @Test
    void group_norm_takes_four_channels_or_more_in_a_group() {
        for (int[] size : new int[][] {{2, 1}, {3, 1}, {5, 1}, {16, 4}, {20, 5}, {132, 22}, {256, 32}}) {
            int channels = size[0];
            int inGroup = channels / size[1];
            double[] off = Script.numbers("""
                    network one(x, t) = grouped(x)
                    x = %1$s*randn([3, %1$s, 2, 2]) + reshape(arange(%1$s), [1, %1$s, 1, 1])
                    y = train(one, x, VP(), predict = "score", steps = 1, batch = 1, optimizer = adam(learning_rate = 1e-12))(x, 0.5)
                    groups = reshape(y, [3*%2$s, -1])
                    print(number(max(abs(mean(groups, axis = 1)))), number(max(abs(mean(groups^2, axis = 1) - 1))))
                    """.formatted(channels, size[1]));
            // sums of at most 4 · channels float32 near 1, each good to 6e-8, and an ε of 1e-5 beside a variance of 4
            // and more
            assertThat(off[0]).as("%d channels of %d", size[1], inGroup).isLessThan(1e-4);
            assertThat(off[1]).as("%d channels of %d", size[1], inGroup).isLessThan(1e-4);
        }
    }

    private static int conv(int from, int to) {
        return 9 * from * to + to;
    }

    private static int dense(int from, int to) {
        return from * to + to;
    }

    private static int attention(int channels) {
        return 2 * channels + dense(channels, 3 * channels) + dense(channels, channels);
    }

    private static int block(int from, int to, int told) {
        int around = from == to ? 0 : dense(from, to);
        return around + dense(told, 2 * to) + 2 * from + conv(from, to) + 2 * to + conv(to, to);
    }

    /**
     * The parameters of a U-Net of 4 and 12 channels, two blocks each, with attention where images are 8 high, counted by hand: down,
     * the middle, and up again with what each block on the way down has left.
     */
    @Test
    void a_u_net_has_the_layers_of_the_paper() {
        int told = 16;
        int down = conv(3, 4) + 2 * block(4, 4, told) + conv(4, 12) + 2 * (block(12, 12, told) + attention(12));
        int middle = 2 * block(12, 12, told) + attention(12);
        int up = 2 * block(24, 12, told) + conv(12, 4) + 2 * block(8, 4, told) + 2 * 4 + conv(4, 3);
        int time = dense(64, told) + dense(told, told);

        assertThat(parameters("unet(base = 4, multipliers = [1, 3], blocks = 2, attention = [8])", "[2, 3, 16, 16]"))
                .isEqualTo(time + down + middle + up);
        assertThat(parameters("classifier(base = 4, multipliers = [1, 3], blocks = 2, classes = 7)", "[2, 3, 16, 16]"))
                .isEqualTo(time + down - 2 * attention(12) + attention(12) + 2 * 12 + dense(12, 7));
        assertThat(parameters("classifier(base = 4, multipliers = [1, 3], blocks = 2, classes = 7)", "[2, 3]"))
                .isEqualTo(time + dense(3, told) + 4 * dense(told, told) + dense(told, 7));
        assertThat(parameters("mlp(hidden = 6, depth = 3, features = 10)", "[2, 5]"))
                .isEqualTo(dense(10, 6) + dense(6, 6) + dense(5, 6) + 3 * dense(6, 6) + dense(6, 5));
    }

    private static int parameters(String network, String shape) {
        String total =
                Script.run("describe(" + network + ", shape = " + shape + ")").getLast();
        return Integer.parseInt(
                total.replaceFirst(".*layers, ([\\d,]+) parameters.*", "$1").replace(",", ""));
    }
}
