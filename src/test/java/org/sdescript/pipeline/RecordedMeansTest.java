package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sdescript.Script;

/** {@code sample(record = k, means = true)}: means and times belong to the states beside them. */
class RecordedMeansTest {
    private static final String SETTING = """
            set(precision = "float64")
            p = VP()
            score = normal(mean = 1, std = 0.5).score(p)
            """;

    @Test
    void the_last_state_of_annealed_langevin_dynamics_is_its_own_mean_once_denoised() {
        assertThat(Script.numbers(SETTING + """
                        way = sample(p, score, n = 3, shape = [2], record = 3, means = true,
                                     using = annealed_langevin_dynamics(levels = 2, steps = 3, denoise = true))
                        print(number(max(abs(way.states[-1] - way.means[-1]))), way.times[-1] - p.t_min)
                        way = sample(p, score, n = 3, shape = [2], record = 3, means = true,
                                     using = annealed_langevin_dynamics(levels = 2, steps = 3))
                        print(if number(max(abs(way.states[-1] - way.means[-1]))) > 0 then 1 else 0)
                        """)).containsExactly(0, 0, 1);
    }

    /** A corrector at times[i] leaves the time as it is; only a predictor steps to times[i + 1]. */
    @Test
    void without_a_predictor_the_times_are_those_of_the_corrector() {
        assertThat(Script.run(SETTING + """
                        fn grid(process, n) = [1, 0.5, 0.1]
                        way = sample(p, score, n = 3, shape = [1], record = 3, means = true,
                                     using = pc(predictor = none, corrector = langevin, steps = 2, grid = grid))
                        print(way.times)
                        way = sample(p, score, n = 3, shape = [1], record = 3, means = true,
                                     using = pc(corrector = langevin, steps = 2, grid = grid))
                        print(way.times)
                        """)).containsExactly("[1, 1, 0.5]", "[1, 0.5, 0.1]");
    }

    /** rk45 takes other steps for a sample far away; each sample alone is a batch of its own. */
    @Test
    void times_that_differ_between_batches_have_a_column_for_each_sample() {
        assertThat(Script.numbers(SETTING + """
                        start = tensor([[0.1], [0.2], [400]])
                        fn way(start, batch, using) =
                          sample(p, score, start = start, record = 5, means = true, batch = batch, using = using)
                        all = way(start, 2, ode)
                        print(all.times.shape)
                        for i, j in [[0, 2], [2, 3]] {
                          alone = way(start[i:j], 2, ode)
                          print(number(max(abs(all.states[:, i:j] - alone.states))))
                          print(number(max(abs(all.times[:, i:j] - stack([tensor(alone.times) for k in i..(j - 1)], axis = 1)))))
                        }
                        print(if number(max(abs(all.times[:, 0] - all.times[:, 2]))) > 0 then 1 else 0)
                        print(len(way(start, 2, pc(steps = 4)).times))
                        """)).containsExactly(5, 3, 0, 0, 0, 0, 1, 5);
    }

    @Test
    void the_time_of_the_start_stays_when_a_later_step_calls_a_solver() {
        assertThat(Script.run(SETTING + """
                        sampler two_halves(process, score, x) {
                          v = flow(process, score).drift
                          visit(x, 0, t = 1)
                          x = rk4(v, x, 1, 0.5, steps = 2)
                          return rk4(v, x, 0.5, 0.25, steps = 2)
                        }
                        way = sample(p, score, n = 1, shape = [1], record = 2, means = true, using = two_halves)
                        print(way.times)
                        """)).containsExactly("[1, 0.25]");
    }

    @Test
    void a_sampler_that_reports_its_start_alone_reports_no_states() {
        assertThatThrownBy(() -> Script.run(SETTING + """
                        sampler silent(process, score, x) {
                          visit(x, 0, t = 1)
                          return x/2
                        }
                        way = sample(p, score, n = 1, shape = [1], record = 3, using = silent)
                        """))
                .hasMessageContaining("the sampler silent reports no states");
    }
}
