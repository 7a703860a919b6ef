package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sdescript.Script;

/** {@code sample(noise = …)} of systems: each noise goes to the state or Wiener process that it is named for. */
class GivenNoiseTest {
    /** A sampler whose samples are its draw. */
    private static final String SYSTEM = """
            sde Two {
              t in [0, 1]
              dx = -x dt + dw_1
              dv = -v dt + dw_2
            }
            fn zero(x, t) = 0*x
            sampler noisy(process, score, x) = process.noise_like(x)
            sampler plain(process, score, x) = randn_like(x)
            """;

    @Test
    void noise_goes_to_its_state_whatever_the_order_of_start_and_noise() {
        assertThat(Script.run(SYSTEM + """
                        one = ones([1, 1])
                        start = {v: one, x: one}
                        for drawn in [noisy, plain] {
                          for noise in [{v: ones([1, 1, 1]), x: full([1, 1, 1], 7)}, {x: full([1, 1, 1], 7), v: ones([1, 1, 1])}] {
                            y = sample(Two(), zero, start = start, noise = noise, using = drawn, unlike = true)
                            print(y.x, y.v)
                          }
                        }
                        """)).hasSize(4).containsOnly("tensor([[7]]) tensor([[1]])");
    }

    /** The k-th draw of a seed is the k-th field of x. */
    @Test
    void a_seeded_draw_of_noise_is_that_of_randn_like() {
        assertThat(Script.run(SYSTEM + """
                        start = {v: ones([3, 2]), x: ones([3, 2])}
                        a = sample(Two(), zero, start = start, using = noisy, unlike = true, seed = 5)
                        b = sample(Two(), zero, start = start, using = plain, unlike = true, seed = 5)
                        print(max(abs(a.x - b.x)), max(abs(a.v - b.v)), number(max(abs(a.x - a.v))) > 0)
                        """)).containsExactly("0 0 true");
    }
}
