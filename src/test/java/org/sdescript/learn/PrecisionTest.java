package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sdescript.Script;

/** Training in each precision, for data of any precision. */
@Tag("numbers")
class PrecisionTest {

    @Test
    void a_run_in_double_precision_trains_and_samples() {
        assertThat(Script.run("""
                set(precision = "float64", seed = 1)
                x = moons(64)
                score = train(mlp(hidden = 8, depth = 1), x, VP(), steps = 20, batch = 16)
                y = sample(VP(), score, n = 16, using = pc(steps = 5))
                print(y.dtype, score(x, 0.5).dtype)
                print(0 < energy_distance(x, y) < inf)
                """)).containsExactly("float64 float64", "true");
    }

    @Test
    void data_in_double_precision_trains_a_network_in_single() {
        assertThat(Script.run("""
                set(precision = "float64", seed = 1)
                wide = tensor(list(moons(64)))
                set(precision = "float32")
                score = train(mlp(hidden = 8, depth = 1), wide, VP(), steps = 5, batch = 16)
                print(wide.dtype, sample(VP(), score, n = 4, using = pc(steps = 3)).dtype, len(score.losses))
                """)).containsExactly("float64 float32 5");
    }

    @Test
    void numbers_chosen_by_a_mask_have_the_precision_of_the_run() {
        assertThat(Script.numbers("""
                set(precision = "float64")
                for v in list(where(tensor([1, -1]) > 0, 1/3, 0.1)) { print("{v:.17g}") }
                """)).containsExactly(1.0 / 3, 0.1);
    }

    /**
     * Both runs have the same draws and initial values, so the losses differ only by the rounding of products:
     * visible, but small.
     */
    @Test
    void products_in_bfloat16_train_and_sample_in_single_precision() {
        String script = """
                set(precision = "%s", seed = 1)
                data = eight_gaussians(64)
                score = train(mlp(hidden = 16, depth = 1), data, VP(), steps = 3, batch = 16)
                x = sample(VP(), score, n = 4, using = pc(steps = 3))
                print(x.dtype == "float32", score(data, 0.5).dtype == "float32")
                for loss in score.losses { print(loss) }
                """;
        List<String> plain = Script.run(script.formatted("float32"));
        List<String> narrow = Script.run(script.formatted("bfloat16"));

        assertThat(narrow.getFirst()).isEqualTo("true true");
        for (int i = 1; i < plain.size(); i++) {
            assertThat(narrow.get(i)).isNotEqualTo(plain.get(i));
            double loss = Double.parseDouble(plain.get(i));
            // two layers forward and backward, each with roundings of 2⁻⁸; a loss is the square
            assertThat(Double.parseDouble(narrow.get(i))).isCloseTo(loss, within(2 * 4 * 3 * 0x1p-8 * loss));
        }
    }

    @Test
    void precision_may_change_within_a_script() {
        assertThat(Script.run("""
                score = train(mlp(hidden = 8, depth = 1), moons(64), VP(), steps = 2, batch = 16)
                x = ones([2, 2])
                a = score(x, 0.5)
                set(precision = "bfloat16")
                b = score(x, 0.5)
                set(precision = "float32")
                print(number(max(abs(a - b))) > 0, number(max(abs(a - score(x, 0.5)))))
                """)).containsExactly("true 0");
    }
}
