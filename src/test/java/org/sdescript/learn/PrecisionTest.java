package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sdescript.Script;

/** Training in either precision, whatever precision the data came in. */
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
}
