package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sdescript.Refusal;
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

    /** Two draws of three noises for two states. */
    private static final String PAIR = """
            set(precision = "float64")
            sde Pair {
              t in [0, 1]
              dx = -x dt + dw_1 + dw_2
              dv = -v dt + dw_2 + 2 dw_3
            }
            p = Pair()
            fn zero(x, t) = 0*x
            start = {v: randn([3, 2]), x: randn([3, 2])}
            w = {dw_3: randn([2, 3, 2]), dw_1: randn([2, 3, 2]), dw_2: randn([2, 3, 2])}
            states = {x: randn([2, 3, 2]), v: randn([2, 3, 2])}
            fn moved(noise, using) =
              sample(p, zero, start = start, noise = noise, using = using, unlike = true)
            euler = pc(predictor = euler_maruyama, steps = 2, denoise = false)
            """;

    /**
     * Steps of −1/2 of the reverse SDE with the score 0 add x/2 to x and √½ times the noises. Two steps of eight
     * roundings, each below 1.1e-16, of numbers below 20 come to 4e-14.
     */
    @Test
    void noises_by_name_go_to_their_wiener_processes_in_every_batch() {
        assertThat(Script.numbers(PAIR + """
                        y = moved(w, euler)
                        half = sample(p, zero, start = start, noise = w, using = euler, unlike = true, batch = 2)
                        x = start
                        h = (p.t_max - p.t_min)/2
                        for k in 0..1 {
                          x = {x: x.x + h*x.x + sqrt(h)*(w.dw_1[k] + w.dw_2[k]),
                               v: x.v + h*x.v + sqrt(h)*(w.dw_2[k] + 2*w.dw_3[k])}
                        }
                        print(number(max(abs(y.x - x.x))), number(max(abs(y.v - x.v))))
                        print(number(max(abs(y.x - half.x))), number(max(abs(y.v - half.v))))
                        """)).hasSize(4).containsOnly(new double[] {0}, within(1e-13));
    }

    @Test
    void noise_of_the_states_is_for_a_predictor_that_draws_one_for_each_state() {
        assertThat(Script.run(PAIR + """
                        y = moved(states, pc(steps = 2))
                        print(y.x.shape, y.v.shape)
                        """)).containsExactly("[3, 2] [3, 2]");
    }

    @Test
    void noises_that_would_be_mixed_are_refused() {
        for (String draw : List.of("states, euler", "{x: w.dw_1[0:1], v: w.dw_1[0:1]}, euler")) {
            assertThatThrownBy(() -> Script.run(PAIR + "y = moved(" + draw + ")"))
                    .satisfies(Refusal.with("E0952"))
                    .hasMessageContaining("a draw of `noise` has shape [3, 2], but the sampler draws shape [3, 3, 2]");
        }
        assertThatThrownBy(() -> Script.run(PAIR + "y = moved(w, pc(steps = 2))"))
                .satisfies(Refusal.with("E0952"))
                .hasMessageContaining("a draw of `noise` has shape [3, 3, 2], but the sampler draws shape [3, 2]");
        assertThatThrownBy(() -> Script.run(PAIR
                        + "y = moved(w, pc(predictor = euler_maruyama, corrector = unadjusted_langevin, steps = 2))"))
                .satisfies(Refusal.with("E0952"));
        for (String wrong :
                List.of("{dw_1: w.dw_1, dw_2: w.dw_2}", "{dw_1: w.dw_1, dw_2: w.dw_2, dw_3: w.dw_3[0:1]}")) {
            assertThatThrownBy(() -> Script.run(PAIR + "y = moved(" + wrong + ", euler)"))
                    .satisfies(Refusal.with("E0952"))
                    .hasMessageContaining("`noise` is");
        }
    }
}
