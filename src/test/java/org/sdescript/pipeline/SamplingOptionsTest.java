package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Refusal;
import org.sdescript.Script;

/** The options of {@code sample} besides the sampler: recorded states, given starts and noises, batches. */
class SamplingOptionsTest {
    private static final String SETTING = """
            set(precision = "float64")
            p = VP()
            score = normal(mean = 1, std = 0.5).score(p)
            """;

    @Test
    void a_recording_begins_with_the_prior_and_ends_with_the_samples() {
        double[] differences = Script.numbers(SETTING + """
                way = sample(p, score, n = 6, shape = [2], seed = 3, using = pc(steps = 10), record = 6)
                x = sample(p, score, n = 6, shape = [2], seed = 3, using = pc(steps = 10))
                half = sample(p, score, n = 6, shape = [2], seed = 3, using = pc(steps = 10), record = 6, batch = 4)
                none_yet = sample(p, score, n = 6, shape = [2], seed = 3, using = pc(steps = 1, predictor = none))
                print(way.shape)
                print(number(max(abs(way[5] - x))), number(max(abs(way - half))), number(max(abs(way[0] - none_yet))))
                """);

        assertThat(differences).containsExactly(6, 6, 2, 0, 0, 0);
    }

    /** Ten steps and six states: every second step. */
    @Test
    void the_states_recorded_are_those_after_evenly_spaced_steps() {
        double[] differences = Script.numbers(SETTING + """
                start = randn([4, 2])
                noise = randn([10, 4, 2])
                way = sample(p, score, start = start, noise = noise, using = pc(steps = 10), record = 6)
                times = uniform_grid(p, 10)
                x = start
                for i in 0..7 {
                  step = p.transition.between(times[i + 1], times[i])
                  x = 2*x - step.mean(x) + step.cov_times(score(x, times[i])) + step.diffuse(noise[i])
                  if i % 2 == 1 { print(number(max(abs(x - way[(i + 1)/2])))) }
                }
                """);

        assertThat(differences).hasSize(4);
        assertThat(Arrays.stream(differences).max().orElseThrow()).isLessThan(1e-13);
    }

    @Test
    void a_solver_is_recorded_at_shares_of_the_time() {
        double[] found = Script.numbers(SETTING + """
                way = sample(p, score, n = 3, shape = [1], seed = 1, using = ode, record = 5)
                ends = sample(p, score, n = 3, shape = [1], seed = 1, using = ode)
                print(way.shape, number(max(abs(way[4] - ends))), number(min(abs(way[1:] - way[:-1]))))
                """);

        assertThat(found).startsWith(5, 3, 1, 0);
        assertThat(found[4]).isPositive();
    }

    /** Half of the way in four steps is what two steps of the same length make. */
    @Test
    void what_a_solver_records_is_the_state_at_that_time() {
        double[] found = Script.numbers(SETTING + """
                start = randn([3, 1])
                velocity = flow(p, score).drift
                middle = (p.t_max + p.t_min)/2
                for method in [rk4, rk45] {
                  way = sample(p, score, start = start, using = ode(method = method(steps = 4)), record = 5)
                  print(number(max(abs(way[2] - method(velocity, start, p.t_max, middle, steps = 2)))))
                }
                """);

        assertThat(found).hasSize(2);
        assertThat(Arrays.stream(found).max().orElseThrow()).isLessThan(1e-13);
    }

    /** Each recorded state equals the result of that many single steps with the same noise. */
    @Test
    void what_other_samplers_record_is_the_state_after_each_share_of_their_work() {
        double[] found = Script.numbers(SETTING + """
                start = randn([3, 1])
                noise = randn([12, 3, 1])
                fn off(way, j, x) = number(max(abs(way[j] - x)))
                way = sample(p, score, start = start, noise = noise[0:4], record = 5,
                             using = langevin_dynamics(steps = 4, step = 0.1, t = 0.5))
                x = start
                for j in 1..4 {
                  x = x + 0.05*score(x, 0.5) + sqrt(0.1)*noise[j - 1]
                  print(off(way, j, x))
                }
                way = sample(p, score, start = start, noise = noise, record = 5,
                             using = annealed_langevin_dynamics(levels = 4, steps = 3, step = 0.1))
                x = start
                times = log_snr_grid(p, 3)
                for j in 1..4 {
                  variance = p.transition.variance(times[j - 1])
                  for k in 0..2 {
                    x = x + 0.05*variance*score(x, times[j - 1]) + sqrt(0.1*variance)*noise[3*(j - 1) + k]
                  }
                  print(off(way, j, x))
                }
                way = sample(p, score, start = start, record = 6, using = karras_heun(steps = 5))
                x = start
                times = karras_grid(p, 4)
                for j in 1..4 {
                  x, mean = heun_in_noise(p, score, x, times[j - 1], times[j] - times[j - 1])
                  print(off(way, j, x))
                }
                """);

        assertThat(found).hasSize(12);
        assertThat(Arrays.stream(found).max().orElseThrow()).isLessThan(1e-12);
    }

    /**
     * A step of Euler and Maruyama adds √(β |dt|) z to its mean; the draws of the prior are their own mean. Differences
     * are a dozen roundings, each below 1.1e-16, of numbers below 30: 4e-14.
     */
    @Test
    void the_mean_of_a_recorded_state_lacks_the_noise_of_its_step() {
        double[] off = Script.numbers(SETTING + """
                start = randn([4, 2])
                noise = randn([5, 4, 2])
                for denoise in [true, false] {
                  plain = pc(predictor = euler_maruyama, steps = 5, denoise = denoise)
                  way = sample(p, score, start = start, noise = noise, using = plain, record = 6, means = true, batch = 3)
                  alone = sample(p, score, start = start, noise = noise, using = plain, record = 6)
                  times = uniform_grid(p, 5)
                  print(number(max(abs(way.states - alone))), number(max(abs(way.means[0] - start))))
                  print(max([abs(a - b) for a, b in zip(way.times, times)]))
                  for i in 0 .. 4 {
                    g = if denoise and i == 4 then 0 else p.diffusion(1, times[i])*sqrt(times[i] - times[i + 1])
                    print(number(max(abs(way.states[i + 1] - way.means[i + 1] - g*noise[i]))))
                  }
                }
                """);

        assertThat(off).hasSize(16);
        assertThat(Arrays.stream(off).max().orElseThrow()).isLessThan(1e-13);
    }

    /**
     * Three of seven states: the means are those of the same states, and of a corrector if there is no predictor.
     * Differences are a few roundings of numbers below 30.
     */
    @Test
    void means_belong_to_the_states_recorded_of_every_sampler() {
        double[] off = Script.numbers(SETTING + """
                start = {x: randn([4, 2]), v: randn([4, 2])}
                noise = {x: randn([6, 4, 2]), v: randn([6, 4, 2])}
                c = CLD()
                s = normal().score(c)
                some = sample(c, s, start = start, noise = noise, record = 3, means = true, using = pc(steps = 6))
                all = sample(c, s, start = start, noise = noise, record = 7, means = true, using = pc(steps = 6))
                print(number(max(abs(some.means.v[1] - all.means.v[3]))), abs(some.times[1] - all.times[3]))
                print(number(max(abs(some.means.x[2] - some.states.x[2]))))
                z = randn([4, 3, 2])
                way = sample(p, score, start = randn([3, 2]), noise = z, record = 5, means = true,
                             using = pc(predictor = none, corrector = unadjusted_langevin(step = 0.1), steps = 4))
                for i in 1 .. 3 {
                  print(number(max(abs(way.states[i] - way.means[i] - sqrt(0.1)*z[i - 1]))))
                }
                way = sample(p, score, start = randn([3, 2]), noise = z, record = 5, means = true,
                             using = langevin_dynamics(steps = 4, step = 0.1, t = 0.5))
                for i in 1 .. 4 {
                  print(number(max(abs(way.states[i] - way.means[i] - sqrt(0.1)*z[i - 1]))), abs(way.times[i] - 0.5))
                }
                """);

        assertThat(off).hasSize(14);
        assertThat(Arrays.stream(off).max().orElseThrow()).isLessThan(1e-13);
    }

    @TestFactory
    Stream<DynamicTest> a_solver_and_its_like_record_states_that_are_their_own_mean_with_times() {
        return Stream.of("ode", "ode(method = rk4(steps = 4))", "karras_heun(steps = 5)")
                .map(using -> DynamicTest.dynamicTest(using, () -> {
                    double[] found = Script.numbers(SETTING + """
                            way = sample(p, score, n = 3, shape = [1], using = %s, record = 5, means = true)
                            print(number(max(abs(way.means - way.states))), abs(way.times[0] - p.t_max))
                            print(abs(way.times[4] - p.t_min), max([way.times[i + 1] - way.times[i] for i in 0..3]))
                            """.formatted(using));
                    assertThat(found[0]).isZero();
                    assertThat(found[1]).isZero();
                    assertThat(found[2]).isLessThan(1e-15);
                    assertThat(found[3]).isNotPositive();
                }));
    }

    @Test
    void a_sampler_that_reports_states_alone_has_them_as_means_and_no_times() {
        assertThat(Script.run("""
                        sampler halving(process, score, x) {
                          visit(x/2, 1/2)
                          return x/4
                        }
                        way = sample(VP(), normal().score(VP()), start = ones([1, 1]), using = halving, record = 3, means = true)
                        print(way)
                        """))
                .containsExactly("{states: tensor([[[1]], [[0.5]], [[0.25]]]), "
                        + "means: tensor([[[1]], [[0.5]], [[0.25]]]), times: none}");
    }

    @Test
    void a_state_or_mean_of_another_shape_is_refused() {
        for (String reported : new String[] {"x, 1/2, mean = {a: x, b: x}", "x, 1, mean = x[0:1]", "x[0:1], 1/2"}) {
            assertThatThrownBy(() -> Script.run("""
                            sampler wrong(process, score, x) {
                              visit(%s)
                              return x
                            }
                            x = sample(VP(), normal().score(VP()), start = ones([2, 1]), using = wrong, record = 3, means = true)
                            """.formatted(reported)))
                    .hasMessageContaining(reported.contains("mean") ? "`mean` of visit" : "`x` of visit");
        }
    }

    @Test
    void a_system_is_recorded_state_by_state() {
        assertThat(Script.run("""
                        p = CLD()
                        s = normal().score(p)
                        way = sample(p, s, n = 3, shape = [2], using = pc(steps = 4), record = 3)
                        print(way.x.shape, way.v.shape)
                        """)).containsExactly("[3, 3, 2] [3, 3, 2]");
    }

    @Test
    void given_noise_is_the_noise_of_every_draw_in_turn() {
        double[] difference = Script.numbers(SETTING + """
                b = randn([5, 1])
                z = randn([6, 5, 1])
                both = pc(predictor = euler_maruyama, corrector = langevin(snr = 0.1), steps = 3)
                y = sample(p, score, start = b, noise = z, using = both)
                parts = sample(p, score, start = b, noise = z, using = both, batch = 2)
                times = uniform_grid(p, 3)
                x = b
                back = reverse(p, score)
                for i in 0..2 {
                  t = times[i]
                  dt = times[i + 1] - t
                  x = x + 2*0.1^2*p.transition.variance(t)*score(x, t) + 2*0.1*p.transition.std(t)*z[2*i]
                  mean = x + back.drift(x, t)*dt
                  x = mean + p.diffusion(x, t)*sqrt(-dt)*z[2*i + 1]
                }
                print(number(max(abs(y - mean))), number(max(abs(y - parts))))
                """);

        assertThat(difference[0]).isLessThan(1e-13);
        assertThat(difference[1]).isZero();
    }

    @Test
    void evaluations_are_those_of_a_sample_whatever_the_batches() {
        double[] counted = Script.numbers("""
                p = VP()
                s = normal().score(p)
                fn counted(sampler) {
                  x = sample(p, s, n = 6, shape = [1], using = sampler)
                  whole = nfe()
                  x = sample(p, s, n = 6, shape = [1], using = sampler, batch = 2)
                  print(whole, nfe())
                }
                counted(pc(steps = 7))
                counted(pc(steps = 7, corrector = langevin(steps = 2)))
                counted(pc(predictor = ode_heun, steps = 7))
                counted(pc(predictor = multistep(order = 3), steps = 7))
                counted(karras_heun(steps = 7))
                counted(karras_heun(steps = 7, churn = 1))
                counted(annealed_langevin_dynamics(levels = 3, steps = 4))
                counted(ode(method = rk45(steps = 4)))
                """);

        assertThat(counted).containsExactly(7, 7, 21, 21, 14, 14, 8, 8, 13, 13, 13, 13, 12, 12, 1 + 6 * 4, 1 + 6 * 4);
    }

    /** The papers' formulas for the grids at the ends and in the middle, for σ from 80 down to 0.002. */
    @Test
    void grids_are_even_in_what_they_say() {
        double[] times = Script.numbers("""
                p = Karras()
                print(karras_grid(p, 4), log_snr_grid(p, 4), uniform_grid(p, 4), power_grid(2)(p, 4))
                """);

        for (int i = 0; i <= 4; i++) {
            double share = i / 4.0;
            assertThat(times[i])
                    .isCloseTo(between(Math.pow(80, 1 / 7.0), Math.pow(0.002, 1 / 7.0), share, 7), within(1e-8));
            assertThat(times[5 + i]).isCloseTo(80 * Math.pow(0.002 / 80, share), within(1e-8));
            assertThat(times[10 + i]).isCloseTo(between(80, 0.002, share, 1), within(1e-12));
            assertThat(times[15 + i]).isCloseTo(between(Math.sqrt(80), Math.sqrt(0.002), share, 2), within(1e-12));
        }
    }

    private static double between(double a, double b, double share, double power) {
        return Math.pow(a + (b - a) * share, power);
    }

    @Test
    void grids_of_every_linear_process_lead_from_its_end_to_its_start() {
        double[] worst = Script.numbers("""
                for p in [VP(), VE(), SubVP(), OrnsteinUhlenbeck(), Karras(), CosineVP(), CLD()] {
                  for grid in [karras_grid, log_snr_grid] {
                    t = grid(p, 30)
                    steps = [t[i + 1] - t[i] for i in 0..29]
                    levels = [if grid == log_snr_grid then p.log_snr(s) else noise_level(p, s)^(1/7) for s in t]
                    even = [levels[i + 1] - levels[i] for i in 0..29]
                    print(t[0] - p.t_max, t[30] - p.t_min, max(steps), (max(even) - min(even))/abs(even[0]))
                  }
                }
                """);

        for (int i = 0; i < worst.length; i += 4) {
            assertThat(worst[i]).isZero();
            assertThat(worst[i + 1]).isZero();
            assertThat(worst[i + 2]).isNegative();
            assertThat(worst[i + 3]).isLessThan(1e-6);
        }
    }

    /** Only `simulate` takes lists. */
    @Test
    void a_list_of_times_is_no_grid_of_a_sampler() {
        for (String sampler : new String[] {"pc", "karras_heun", "annealed_langevin_dynamics", "twisted"}) {
            assertThatThrownBy(() -> Script.run("x = " + sampler + "(grid = [1, 0.5, 0.1])"))
                    .satisfies(Refusal.with("E0401"));
        }
    }

    @Test
    void paths_of_a_system_are_those_of_its_states_alone_where_they_do_not_meet() {
        double[] difference = Script.numbers("""
                set(precision = "float64")
                sde Pair {
                  t in [0, 1]
                  dx = 0.3*x dt + 0.5*x dw_1
                  dv = -v dt + 0.2*v dw_2
                }
                sde First { t in [0, 1]; dx = 0.3*x dt + 0.5*x dw }
                sde Second { t in [0, 1]; dv = -v dt + 0.2*v dw }
                w = {x: 0.2*randn([20, 5, 1]), v: 0.2*randn([20, 5, 1])}
                z = {x: 0.01*randn([20, 5, 1]), v: 0.01*randn([20, 5, 1])}
                one = ones([5, 1])
                for method in [euler_maruyama_forward, milstein, heun_stratonovich, srk] {
                  both = simulate(Pair(), {x: one, v: one}, steps = 20, method = method, increments = w, areas = z)
                  a = simulate(First(), one, steps = 20, method = method, increments = w.x, areas = z.x)
                  b = simulate(Second(), one, steps = 20, method = method, increments = w.v, areas = z.v)
                  print(number(max(abs(both.x - a))), number(max(abs(both.v - b))))
                }
                """);

        assertThat(difference).hasSize(8);
        assertThat(Arrays.stream(difference).max().orElseThrow()).isLessThan(1e-12);
    }

    /** Five standard errors of the moments of N(a, v) at t = 1, and the error of 400 steps. */
    @Test
    void simulated_paths_have_the_law_of_the_transition_and_reversed_ones_that_of_the_data() {
        double[] moments = Script.numbers("""
                p = OrnsteinUhlenbeck()
                x = simulate(p, ones([4000, 1]), steps = 400, paths = false)
                data = normal(mean = 1, std = 0.5)
                y = simulate(reverse(p, data.score(p)), p.prior.sample([4000, 1]), steps = 400, paths = false)
                print(number(mean(x)), number(std(x)), number(mean(y)), number(std(y)))
                """);

        double std = Math.sqrt(-Math.expm1(-6));
        assertThat(moments[0]).isCloseTo(Math.exp(-3), within(5 * std / Math.sqrt(4000)));
        assertThat(moments[1]).isCloseTo(std, within(5 * std / Math.sqrt(8000) + 0.01));
        assertThat(moments[2]).isCloseTo(1, within(5 * 0.5 / Math.sqrt(4000) + 0.06));
        assertThat(moments[3]).isCloseTo(0.5, within(5 * 0.5 / Math.sqrt(8000) + 0.02));
    }
}
