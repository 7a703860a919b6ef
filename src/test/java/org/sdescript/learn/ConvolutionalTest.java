package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sdescript.Script;

/** Networks for images: bars at random positions on 8 × 8 pixels, horizontal or vertical. */
@Tag("numbers")
class ConvolutionalTest {
    private static final String SCRIPT = """
            data_size = 64
            rows = floor(uniform(0, 8, [data_size, 1, 1, 1]))
            place = reshape(arange(8), [1, 1, 8, 1])
            across = where(rows == place, 1, -1) + zeros([data_size, 1, 8, 8])
            data = concat([across[0:32], transpose(across[32:64])], axis = 0)

            network small(x, t; width = 8, share = 0.1) {
              e = dense(silu(dense(sinusoidal(t, 16), 32)), width)
              a = conv2d(x, width)
              b = conv2d(silu(group_norm(a, groups = 4)), width, stride = 2) + align(e, a)
              b = b + self_attention(group_norm(b, groups = 4), heads = 2)
              b = dropout(silu(b), share)
              up = conv_transpose2d(b, width) + upsample(avg_pool(a, 2), 2)
              return conv2d(silu(group_norm(concat([a, up], axis = 1))), 1)
            }
            score = train(small, data, VP(), steps = 60, batch = 32, seed = 1, ema = 0.5,
                          optimizer = adam(learning_rate = 5e-3))
            """;

    @Test
    void a_small_u_net_learns_within_a_few_steps() {
        double[] losses = Script.numbers(SCRIPT + """
                for l in score.losses { print(l) }
                """);
        assertThat(losses).hasSize(60);
        // The loss starts near 1, the loss of predicting no noise.
        assertThat(mean(losses, 50)).isLessThan(0.6 * mean(losses, 0));
    }

    private static double mean(double[] losses, int from) {
        return java.util.Arrays.stream(losses, from, from + 10).average().orElseThrow();
    }

    @Test
    void a_model_does_not_drop_out_and_samples_have_the_shape_of_the_data() {
        assertThat(Script.run(SCRIPT.replace("steps = 60", "steps = 2") + """
                x = randn([3, 1, 8, 8])
                print(number(norm(score(x, 0.5) - score(x, 0.5))), score(x, 0.5).shape)
                print(sample(VP(), score, n = 2, using = pc(steps = 2)).shape)
                """))
                .containsExactly("0 [3, 1, 8, 8]", "[2, 1, 8, 8]");
    }

    @Test
    void double_precision_trains_to_the_same() {
        String few = SCRIPT.replace("steps = 60", "steps = 3") + "for l in score.losses { print(l) }\n";
        double[] single = Script.numbers("set(seed = 1)\n" + few);
        List<String> wide =
                Script.run("set(seed = 1, precision = \"float64\")\n" + few + "print(score(data[0:1], 0.5).dtype)");
        assertThat(wide.getLast()).isEqualTo("float64");
        for (int i = 0; i < single.length; i++) {
            // About 10³ roundings of float32 in a loss of order 1, amplified by three steps.
            assertThat(single[i]).isCloseTo(Double.parseDouble(wide.get(i)), within(1e-3));
        }
    }
}
