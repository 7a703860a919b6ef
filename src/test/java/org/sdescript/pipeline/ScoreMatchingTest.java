package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;

/** Losses at known scores: where they vanish, and where their minimum is. */
class ScoreMatchingTest {
    /** An invented affine process, with a mean and a noise that no paper has. */
    private static final String INVENTED = """
            set(precision = "float64")
            sde Invented {
              t in [1e-3, 0.9]
              x(t) = (1 - t^2)*x(0) + sqrt(t*(2 - t))*noise
            }
            """;

    private static double[] numbers(String script) {
        return Script.numbers(INVENTED + script);
    }

    /** For data in one point, the score given the data is the score of x(t). */
    @TestFactory
    Stream<DynamicTest> denoising_vanishes_at_the_score_of_data_in_one_point() {
        return Stream.of("VP()", "VE()", "SubVP()", "OrnsteinUhlenbeck(mu = 2)", "Karras()", "Invented()", "CLD()")
                .map(process -> DynamicTest.dynamicTest(process, () -> {
                    double[] losses = numbers("""
                            p = %s
                            x0 = ones([32, 2])
                            score = (x, t) -> p.transition.from_data.score(x, x0, t)
                            for l in [denoising(), denoising(weight = likelihood), hybrid(), denoising(weight = uniform)] {
                              print(number(l(score, p, x0)), number(l((x, t) -> 1.01*score(x, t), p, x0)))
                            }
                            """.formatted(process));
                    for (int i = 0; i < losses.length; i += 2) {
                        assertThat(losses[i]).isLessThan(1e-9 * losses[i + 1]);
                    }
                }));
    }

    /** At t_min of VP the noise is a thousandth of the data: in float32 its score loses only a few last digits. */
    @Test
    void denoising_loses_no_digits_near_t_min() {
        double[] loss = Script.numbers("""
                p = VP()
                x0 = 3*ones([64, 2])
                at_start = (process, n) -> process.t_min*ones([n])
                # what the score is of is known by its noise: (x − m)/std, which float32 knows to 3·2⁻²³/1e-3 at best
                score = (x, t) -> p.transition.score(x, x0, t)
                print(number(denoising(score, p, x0, times = at_start)))
                print(number(denoising((x, t) -> 0*x, p, x0, times = at_start)))
                """);
        assertThat(loss[0]).isLessThan(1e-6);
        // the mean of 128 squares of normal numbers, 5.2 standard errors
        assertThat(loss[1]).isCloseTo(1, within(5.2 * Math.sqrt(2.0 / 128)));
    }

    /**
     * E[½ c² |s|² + c ∇·s] has its minimum at c = 1, so the slope there is 0. The mean of sixteen estimates, of 5000
     * draws each, exceeds 7.8 of its estimated standard errors with probability 1e-6: Student's t with 15 degrees of
     * freedom.
     */
    @TestFactory
    Stream<DynamicTest> implicit_and_sliced_have_their_minimum_at_the_score() {
        return Stream.of(
                        "VP() implicit()",
                        "VP() sliced()",
                        "VP() implicit(weight=likelihood,times=importance_times)",
                        "Invented() sliced(probes=2)",
                        "CLD() sliced()",
                        "CLD() sliced(weight=likelihood)",
                        "CLD() implicit()",
                        "CLD() implicit(weight=likelihood)",
                        "CLD() implicit(weight=uniform)")
                .map(which -> DynamicTest.dynamicTest(which, () -> {
                    double[] found = numbers("""
                            set(seed = 3)
                            p = %s
                            law = normal(mean = 1, std = 0.5)
                            exact = law.score(p)
                            fn scaled(c) = (x, t) -> c*exact(x, t)
                            scores = [scaled(c) for c in [0.8, 1, 1.2]]
                            repeat 16 {
                              x0 = law.sample([5000, 2])
                              print([number(%s(score, p, x0)) for score in scores])
                            }
                            """.formatted((Object[]) which.split(" ")));
                    double curvature = mean(16, i -> found[3 * i] + found[3 * i + 2] - 2 * found[3 * i + 1]);
                    assertThat(curvature).isPositive();
                    IntToDoubleFunction slope = i -> (found[3 * i + 2] - found[3 * i]) / (2 * curvature) * 0.2;
                    double average = mean(16, slope);
                    double error = Math.sqrt(mean(16, i -> Math.pow(slope.applyAsDouble(i) - average, 2)) / 15);
                    assertThat(error)
                            .as("enough draws to tell a minimum at 0.8")
                            .isLessThan(0.025);
                    assertThat(average).isCloseTo(0, within(7.8 * error));
                }));
    }

    private static double mean(int count, IntToDoubleFunction values) {
        return IntStream.range(0, count).mapToDouble(values).average().orElseThrow();
    }

    /**
     * The cube is too small to matter, but prevents a transition: the moments are those of the OU process, up to h =
     * 1/200 and n = 20 000.
     */
    @Test
    void a_process_without_transition_is_simulated_forward() {
        double[] found = numbers("""
                sde Nearly {
                  t in [0, 1]
                  dx = (-2*x - 1e-9*x^3) dt + dw
                }
                t = tensor([0.2, 0.5, 1])
                x = diffused(Nearly(), ones([3, 20000]), t, steps = 200)
                print(list(mean(x, axis = 1)), list(std(x, axis = 1)))
                print(list(exp(-2*t)), list(sqrt((1 - exp(-4*t))/4)))
                """);
        for (int i = 0; i < 3; i++) {
            double std = found[i + 9];
            // the error of an Euler step h is at most h x″/2 = 2·h; 5.2 standard errors
            assertThat(found[i]).isCloseTo(found[i + 6], within(0.01 + 5.2 * std / Math.sqrt(20_000)));
            assertThat(found[i + 3]).isCloseTo(std, within(0.005 + 5.2 * std / Math.sqrt(40_000)));
        }
    }

    @TestFactory
    Stream<DynamicTest> discrete_vanishes_at_the_score_of_a_chain_of_a_point() {
        return Stream.of("VP()", "VE()", "OrnsteinUhlenbeck(mu = 2)", "Invented()")
                .map(process -> DynamicTest.dynamicTest(process, () -> {
                    double[] loss = numbers("""
                            p = %s
                            x0 = ones([32, 2])
                            score = (x, t) -> p.transition.score(x, x0, t)
                            print(number(discrete(score, p, x0, n = 50)), number(discrete((x, t) -> 0*x, p, x0, n = 50)))
                            """.formatted(process));
                    assertThat(loss[0]).isLessThan(1e-10);
                    // the mean of 64 squares of normal numbers, 5.2 standard errors
                    assertThat(loss[1]).isCloseTo(1, within(5.2 * Math.sqrt(2.0 / 64)));
                }));
    }

    @Test
    void the_chains_of_the_papers_have_levels_of_their_own() {
        double[] found = numbers("""
                a, m, b = chain_levels(DDPM(n = 1000).chain)
                kept = 1
                for i in 1..1000 { kept *= 1 - (0.1 + 19.9*i/1000)/1000 }
                print(number(a[-1]), sqrt(kept), number(b[-1]), sqrt(1 - kept), number(m[-1]))
                a, m, b = chain_levels(SMLD(lo = 0.1, hi = 10, n = 100).chain)
                print(number(a[-1]), 1, number(b[-1]), sqrt(100 - 0.01), number(m[-1]))
                """);
        for (int i = 0; i < found.length; i += 5) {
            assertThat(found[i]).isCloseTo(found[i + 1], within(1e-12));
            assertThat(found[i + 2]).isCloseTo(found[i + 3], within(1e-11));
            assertThat(found[i + 4]).isZero();
        }
    }

    /**
     * g²/std² is −d log snr/dt; the ratio makes the mean of any f equal to its mean over evenly spread times: here of t
     * and of 1.
     */
    @TestFactory
    Stream<DynamicTest> importance_times_weigh_as_evenly_spread_ones_do() {
        return Stream.of("VP()", "SubVP()", "VE()", "OrnsteinUhlenbeck()", "Invented()", "Karras()")
                .map(process -> DynamicTest.dynamicTest(process, () -> {
                    double[] found =
                            numbers("""
                            p = %s
                            d = importance_times(p, 100000)
                            print(number(mean(d.ratio)), number(mean(d.ratio*d.t)), (p.t_min + p.t_max)/2)
                            print(number(std(d.ratio)), number(std(d.ratio*d.t)))
                            level = (p.log_snr(p.t_min) - p.log_snr(d.t))/(p.log_snr(p.t_min) - p.log_snr(p.t_max))
                            print(number(mean(level)), number(std(level)), number(min(d.t)) >= p.t_min, number(max(d.t)) <= p.t_max)
                            """.replace(", number(min(d.t)) >= p.t_min, number(max(d.t)) <= p.t_max", "")
                                    .formatted(process));
                    // 5.2 standard errors: 2e-7
                    double errors = 5.2 / Math.sqrt(100_000);
                    assertThat(found[0]).isCloseTo(1, within(errors * found[3]));
                    assertThat(found[1]).isCloseTo(found[2], within(errors * found[4]));
                    assertThat(found[3]).isLessThan(5);
                    assertThat(found[5]).isCloseTo(0.5, within(errors / Math.sqrt(12)));
                    // the variance of (u − ½)² of a uniform number is 1/180, and its root is 1/√12
                    assertThat(found[6]).isCloseTo(1 / Math.sqrt(12), within(errors * Math.sqrt(12.0 / 180) / 2));
                }));
    }

    /**
     * Time k of n lies in part k of n equal ones, of t or of log snr, and anywhere in it: of 300 places between 0 and 1 one lies below 0.1
     * and one above 0.9 but for a chance of 4e-14. Bisection to 2⁻²⁸ of log t, 11.5 long, leaves 1e-5 of a part.
     */
    @Test
    void drawn_times_lie_one_in_each_of_equal_parts() {
        double[] places = numbers("""
                p = VP()
                n = 300
                even = (uniform_times(p, n) - p.t_min)/(p.t_max - p.t_min)*n - arange(n)
                low = p.log_snr(p.t_max)
                high = p.log_snr(p.t_min)
                level = (p.log_snr(importance_times(p, n).t) - low)/(high - low)*n - arange(n)
                print(number(min(even)), number(max(even)), number(min(level)), number(max(level)))
                """);
        for (int i = 0; i < 4; i += 2) {
            assertThat(places[i]).isBetween(-1e-5, 0.1);
            assertThat(places[i + 1]).isBetween(0.9, 1 + 1e-5);
        }
    }

    /** 28 halvings of an interval of 1, or of log t, leave 2⁻²⁸ of it. */
    @Test
    void the_times_of_signal_to_noise_ratios_are_found_whether_or_not_time_starts_at_nothing() {
        double[] off = numbers("""
                sde FromZero { t in [0, 1]
                  dx = -x dt + dw }
                sde Later { t in [0.5, 2]
                  dx = -x dt + dw }
                for p in [FromZero(), Later()] {
                  t = p.t_min + (p.t_max - p.t_min)*tensor([0.1, 0.5, 0.9, 1])
                  print(number(max(abs(time_of_log_snr(p, p.log_snr(t)) - t))))
                }
                """);
        assertThat(off).hasSize(2);
        assertThat(Arrays.stream(off).max().orElseThrow()).isLessThan(2 * 0x1p-27);
    }

    @Test
    void log_normal_times_have_a_normal_log_sigma() {
        double[] found = numbers("""
                set(seed = 5)
                for p in [Karras(), VP()] {
                  t = log_normal_times(p, 40000, mean = -0.5, std = 0.8)
                  s = -p.log_snr(t)/2
                  print(number(mean(s)), number(std(s)))
                }
                """);
        for (int i = 0; i < 4; i += 2) {
            assertThat(found[i]).isCloseTo(-0.5, within(0.02));
            assertThat(found[i + 1]).isCloseTo(0.8, within(0.02));
        }
    }

    @Test
    void weights_are_those_of_the_papers() {
        double[] found = numbers("""
                p = VP()
                for t in [0.01, 0.3, 1] {
                  v = p.transition.variance(t)
                  snr = p.snr(t)
                  s = 1/sqrt(snr)
                  a = p.transition.mean_coef(t)
                  m = min_snr(5)
                  k = by_karras(0.5)
                  # in ε the weight of Min-SNR is min(snr, γ)/snr, and the score's error is that of ε over b
                  print(m(p, t)/v, min(snr, 5)/snr)
                  # the error of x(0) is b²/a times that of the score
                  print(k(p, t)*(a/v)^2, (s^2 + 0.25)/(s*0.5)^2)
                }
                """);
        for (int i = 0; i < found.length; i += 2) {
            assertThat(found[i]).isCloseTo(found[i + 1], within(1e-9 * found[i + 1]));
        }
    }

    /** The variance of v given x and the data is Schur's complement of the covariance; x is driven by no noise and counts for nothing. */
    @Test
    void the_weight_of_a_system_by_noise_is_the_variance_given_the_other_states() {
        double[] found = numbers("""
                p = CLD()
                t = tensor([0.1, 0.6])
                rows = by_noise(p, t)
                cov = reshape(p.transition.from_data.cov(t), [2, 2, 2])
                schur = cov[:, 1, 1] - cov[:, 0, 1]^2/cov[:, 0, 0]
                print(len(rows), len(rows[0]), len(rows[1]), rows[0][0], rows[0][1], rows[1][0])
                print(number(max(abs(rows[1][1]/schur - 1))))
                """);
        assertThat(found).startsWith(2, 2, 2, 0, 0, 0);
        assertThat(found[6]).isLessThan(1e-9);
    }

    /** Λ u by hand, with another matrix for each of two samples. */
    @Test
    void a_matrix_of_weights_is_applied_sample_by_sample() {
        assertThat(numbers("""
                weight = [[tensor([1, 2]), tensor([3, 4])], [0, tensor([5, 6])]]
                a, b = weighted(weight, {x: tensor([[1], [10]]), v: tensor([[2], [20]])})
                print(number(a[0][0]), number(a[1][0]), number(b[0][0]), number(b[1][0]))
                """)).containsExactly(7, 100, 10, 120);
    }

    @TestFactory
    Stream<DynamicTest> preconditioning_is_that_of_the_paper() {
        return Stream.of("Karras()", "VP()", "OrnsteinUhlenbeck(mu = 2)", "Invented()")
                .map(process -> DynamicTest.dynamicTest(process, () -> {
                    double[] off = numbers("""
                            p = %s
                            x = randn([10, 2])
                            f = randn([10, 2])
                            d = 0.7
                            how = karras(d)
                            for share in [0.1, 0.5, 0.9] {
                              t = p.t_min + share*(p.t_max - p.t_min)
                              a = p.transition.mean_coef(t)
                              b = p.transition.std(t)
                              s = b/a
                              y = (x - p.transition.mean(0*x, t))/a
                              clean = d^2/(s^2 + d^2)*y + s*d/sqrt(s^2 + d^2)*f
                              print(number(max(abs(how.score(p, f, x, t) - p.transition.score(x, clean, t)))))
                              seen, level = how.input(p, x, t)
                              print(number(max(abs(seen - y/sqrt(s^2 + d^2)))), abs(level - log(s)/4))
                            }
                            """.formatted(process));
                    assertThat(Arrays.stream(off).max().orElseThrow()).isLessThan(1e-9);
                }));
    }

    /** Its score is the score of data spread by a millionth about the point. */
    @Test
    void the_law_given_the_data_counts_in_what_other_states_start_from() {
        double[] off = numbers("""
                p = CLD()
                x = {x: randn([8, 1]), v: randn([8, 1])}
                exact = normal(mean = 1, std = 1e-6).score(p)
                law = p.transition.from_data
                for t in [0.05, 0.3, 1] {
                  one = law.score(x, ones([8, 1]), t)
                  two = exact(x, t)
                  print(number(max(abs(one.x - two.x)/(1 + abs(two.x)))), number(max(abs(one.v - two.v)/(1 + abs(two.v)))))
                  z = law.noise_of_score(one, t)
                  back = law.score_of_noise(z, t)
                  print(number(max(abs(one.x - back.x)/(1 + abs(two.x)))), number(max(abs(one.v - back.v)/(1 + abs(two.v)))))
                }
                """);
        assertThat(Arrays.stream(off).max().orElseThrow()).isLessThan(1e-6);
    }

    /** Without training, the samples of CLD do not resemble the data. */
    @Test
    void a_system_is_trained_and_sampled() {
        double[] found = Script.numbers("""
                data = normal(mean = [2, -1], std = 0.3).sample(2000)
                p = CLD()
                score = train(mlp(hidden = 32, depth = 1), data, p, loss = hybrid(), steps = 1500, batch = 64,
                              optimizer = adam(learning_rate = 5e-3), seed = 1)
                u = sample(p, score, n = 500, seed = 2, using = pc(predictor = euler_maruyama, steps = 100))
                print(list(mean(u.x, axis = 0)), list(std(u.x, axis = 0)), u.v.shape)
                """);
        assertThat(found[0]).isCloseTo(2, within(0.15));
        assertThat(found[1]).isCloseTo(-1, within(0.15));
        assertThat(found[2]).isCloseTo(0.3, within(0.15));
        assertThat(found[3]).isCloseTo(0.3, within(0.15));
    }

    @Test
    void a_system_of_which_all_states_are_data_is_trained_on_a_record() {
        double[] found = Script.numbers("""
                sde Coupled {
                  t in [1e-3, 2]
                  dx = (-x + 3*y) dt + 0.5 dw_1
                  dy = (-3*x - y) dt + 0.2 dw_2
                }
                x = normal(mean = 1, std = 0.3).sample([1000, 1])
                score = train(mlp(hidden = 32, depth = 1), {x: x, y: -2*x}, Coupled(), steps = 1500, batch = 64,
                              optimizer = adam(learning_rate = 5e-3), seed = 1)
                u = sample(Coupled(), score, n = 500, seed = 2, using = pc(predictor = euler_maruyama, steps = 200))
                print(number(mean(u.x)), number(mean(u.y)), number(mean(abs(u.y + 2*u.x))))
                """);
        assertThat(found[0]).isCloseTo(1, within(0.15));
        assertThat(found[1]).isCloseTo(-2, within(0.3));
        assertThat(found[2]).isLessThan(0.3);
    }
}
