package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sdescript.Script;

/** Learning rates at the steps where they have simple values. */
class RatesTest {
    @Test
    void a_warm_up_is_a_straight_line_to_its_rate() {
        assertThat(Script.numbers("rate = warmup(0.1, 4)\nfor step in [0, 1, 3, 4, 9] { print(rate(step)) }"))
                .containsExactly(new double[] {0.025, 0.05, 0.1, 0.1, 0.1}, within(1e-16));
    }

    /** After the warm-up a quarter, half and all of a half period of the cosine, and 0 from there on. */
    @Test
    void a_cosine_falls_to_nothing_after_its_warm_up() {
        assertThat(Script.numbers("""
                        rate = cosine(0.2, 10, warm = 2)
                        for step in [0, 1, 2, 4, 6, 10, 15] { print(rate(step)) }
                        """))
                .containsExactly(new double[] {0.1, 0.2, 0.2, 0.1 * (1 + Math.sqrt(0.5)), 0.1, 0, 0}, within(1e-15));
    }

    @Test
    void a_cosine_without_steps_after_its_warm_up_ends_with_the_next() {
        assertThat(Script.numbers("""
                        rate = cosine(0.2, 3, warm = 5)
                        for step in [4, 5, 6, 7] { print(rate(step)) }
                        """)).containsExactly(new double[] {0.2, 0.2, 0, 0}, within(1e-15));
    }
}
