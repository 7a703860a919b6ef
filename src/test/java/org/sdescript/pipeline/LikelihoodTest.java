package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;

/** Likelihoods by the probability flow under exact scores, and other quantities derived from a score. */
class LikelihoodTest {
    /** Some thirty roundings, each below 1.1e-16, of numbers below 100. */
    private static final double FEW_ROUNDINGS = 1e-12;

    /** Forty steps of four evaluations with a dozen roundings of numbers below 30: 160 · 12 · 1.1e-16 · 30 = 6e-12. */
    private static final double ROUNDINGS_OF_A_FLOW = 1e-11;

    private static final String TWO = """
            set(precision = "float64")
            law = mixture(weights = [1, 2], means = [[-1, 0.5], [1, 0]], stds = [0.3, 0.2])
            fine = rk45(rtol = 1e-9, atol = 1e-9)
            """;

    /**
     * The density at t_min is the density of the code plus the change along the flow; the difference to the prior's is
     * the mismatch of each code.
     */
    @TestFactory
    Stream<DynamicTest> the_log_likelihood_of_a_mixture_is_the_exact_one_and_the_mismatch() {
        return Stream.of("VP()", "VE(hi = 20)", "SubVP()", "OrnsteinUhlenbeck(mu = 1)")
                .map(process -> DynamicTest.dynamicTest(process, () -> {
                    double[] found = Script.numbers(TWO + """
                            p = %s
                            score = law.score(p)
                            x = law.sample(40)
                            exact = law.log_density(p)
                            z, change = encode(p, score, x, method = fine)
                            print(number(max(abs(exact(z, p.t_max) + change - exact(x, p.t_min)))))
                            y = log_likelihood(p, score, x, method = fine)
                            apart = exact(z, p.t_max) - p.prior.log_prob(z)
                            print(number(max(abs(y + apart - exact(x, p.t_min)))))
                            """.formatted(process));
                    assertThat(found[0]).isLessThan(1e-6);
                    assertThat(found[1]).isLessThan(1e-6);
                }));
    }

    /**
     * The mean cost of the prior over samples of the data approximates KL(p_T ‖ prior), which {@code mismatch}
     * computes.
     */
    @Test
    void the_mismatch_is_what_a_likelihood_loses() {
        double[] found = Script.numbers("""
                set(precision = "float64")
                set(seed = 1)
                p = OrnsteinUhlenbeck()
                law = normal(mean = [2, 1], std = 0.5)
                x = law.sample(40000)
                y = log_likelihood(p, law.score(p), x, method = rk45(rtol = 1e-7, atol = 1e-7))
                print(number(mean(law.log_density(p)(x, p.t_min) - y)), mismatch(p, x))
                """);
        // KL = 6e-3; log p_T − log prior of one code has the spread √(2 KL) = 0.11, of the mean of 40 000 codes 5.5e-4:
        // 5.2 of them
        assertThat(found[0]).isCloseTo(found[1], within(0.0029));
        assertThat(found[1]).isGreaterThan(0.003);
    }

    /**
     * The estimate for each sample is unbiased; the mean over 200 samples deviates by 5.2 standard errors with
     * probability 2e-7.
     */
    @Test
    void probes_estimate_the_exact_likelihood() {
        double[] found = Script.numbers(TWO + """
                p = VP()
                x = law.sample(200)
                off = log_likelihood(p, law.score(p), x, probes = 10) - log_likelihood(p, law.score(p), x)
                print(number(mean(off)), number(std(off)))
                """);
        assertThat(found[1]).isBetween(0.01, 1.0);
        assertThat(found[0]).isCloseTo(0, within(5.2 * found[1] / Math.sqrt(200)));
    }

    /**
     * The score −x A and a process without drift have the flow ½ x A, whose divergence ½ tr A is estimated by the mean of
     * ½ v·(v A) over the directions v: integrated over a time of 1 by steps that are exact for constants.
     */
    @Test
    void a_given_probe_is_the_direction_of_the_divergence() {
        double[] off = Script.numbers("""
                set(precision = "float64")
                sde Still { t in [0, 1]; dx = dw; prior = normal(std = 1) }
                a = tensor([[1, 2], [-0.5, 3]])
                score = (x, t) -> -x @ a
                x = tensor([[1, 2], [0, -1], [0.3, 0.7]])
                v = tensor([[1, -1], [0.5, 2], [3, 0]])
                both = stack([v, 2*v + 1])
                fn along(v) = 1/2*sum(v*(v @ a), axis = 1)
                z, exact = encode(Still(), score, x, method = rk4(steps = 2))
                z, one = encode(Still(), score, x, method = rk4(steps = 2), probe = v)
                z, two = encode(Still(), score, x, method = rk4(steps = 2), probe = both)
                nats = log_likelihood(Still(), score, x, method = rk4(steps = 2), probe = both)
                print(number(max(abs(exact - 2))), number(max(abs(one - along(v)))))
                print(number(max(abs(two - (along(v) + along(2*v + 1))/2))))
                print(number(max(abs(nats - Still().prior.log_prob(z) - two))))
                """);

        assertThat(off).hasSize(4);
        assertThat(Arrays.stream(off).max().orElseThrow()).isLessThan(FEW_ROUNDINGS);
    }

    /**
     * The score of a normal law has a diagonal Jacobian under a linear process, so vᵀ J v is the trace for every v of 1
     * and −1. With Gaussian v the estimate is unbiased: 400 means deviate by 5.2 standard errors with probability 2e-7.
     */
    @Test
    void rademacher_probes_are_exact_for_a_diagonal_jacobian_and_gaussian_ones_unbiased() {
        double[] found = Script.numbers("""
                set(precision = "float64")
                p = OrnsteinUhlenbeck()
                score = normal(mean = 1, std = 0.5).score(p)
                x = randn([400, 2])
                solver = rk4(steps = 40)
                exact = log_likelihood(p, score, x, method = solver)
                for probe in ["rademacher", where(x > 0, 1, -1)] {
                  off = log_likelihood(p, score, x, method = solver, probe = probe) - exact
                  print(number(max(abs(off))))
                }
                off = log_likelihood(p, score, x, method = solver, probe = "gaussian") - exact
                print(number(mean(off)), number(std(off)))
                """);

        assertThat(found[0]).isLessThan(ROUNDINGS_OF_A_FLOW);
        assertThat(found[1]).isLessThan(ROUNDINGS_OF_A_FLOW);
        assertThat(found[3]).isBetween(0.1, 10.0);
        assertThat(found[2]).isCloseTo(0, within(5.2 * found[3] / Math.sqrt(400)));
    }

    /** One law, whichever function takes its name. */
    @Test
    void normal_is_another_name_of_gaussian() {
        assertThat(Script.numbers("""
                        p = OrnsteinUhlenbeck()
                        score = normal(mean = 1, std = 0.5).score(p)
                        x = randn([4, 2])
                        fn nats(probe) {
                          set(seed = 3)
                          return log_likelihood(p, score, x, method = rk4(steps = 3), probe = probe)
                        }
                        fn bits(probe) {
                          set(seed = 3)
                          return bits_per_dim(p, score, x, method = rk4(steps = 3), probe = probe)
                        }
                        fn trace(law) {
                          set(seed = 3)
                          return divergence(x -> x^2, x, probes = 2, noise = law)
                        }
                        print(number(max(abs(nats("normal") - nats("gaussian")))), bits("normal") - bits("gaussian"))
                        print(number(max(abs(trace("normal") - trace("gaussian")))))
                        print(if number(max(abs(nats("normal") - nats("rademacher")))) > 0 then 1 else 0)
                        """)).containsExactly(0, 0, 0, 1);
    }

    /** The fields of a record are told apart by name, in any order, with one direction or several. */
    @Test
    void a_probe_of_a_system_has_a_field_for_each_state() {
        double[] off = Script.numbers("""
                set(precision = "float64")
                p = CLD()
                score = normal(mean = 1, std = 0.3).score(p)
                u = {x: randn([5, 2]), v: randn([5, 2])}
                a = randn([5, 2])
                b = randn([5, 2])
                solver = rk4(steps = 3)
                fn nats(probe) = log_likelihood(p, score, u, method = solver, probe = probe)
                one = nats({x: a, v: b})
                other = nats({x: b, v: 2*a})
                print(number(max(abs(nats({v: b, x: a}) - one))))
                print(number(max(abs(nats({v: stack([b, 2*a]), x: stack([a, b])}) - (one + other)/2))))
                print(number(min(abs(one - other))))
                """);

        assertThat(off[0]).isZero();
        assertThat(off[1]).isLessThan(ROUNDINGS_OF_A_FLOW);
        assertThat(off[2]).isPositive();
    }

    @Test
    void a_probe_that_does_not_fit_x_is_refused() {
        assertThat(Script.run("""
                        p = VP()
                        score = normal().score(p)
                        x = ones([3, 2])
                        u = {x: x, v: x}
                        fn told(p, score, x, probe, probes) {
                          try {
                            return log_likelihood(p, score, x, method = rk4(steps = 1), probes = probes, probe = probe)
                          } catch e {
                            return e.message
                          }
                        }
                        for probe in [ones([3]), ones([0, 3, 2]), {x: x}] {
                          print(told(p, score, x, probe, none))
                        }
                        print(told(p, score, x, ones([2, 3, 2]), 3))
                        for probe in [x, {x: x}, {x: x, v: ones([2, 3, 2])}, {x: ones([1, 3, 2]), v: ones([2, 3, 2])}] {
                          print(told(CLD(), normal().score(CLD()), u, probe, none))
                        }
                        """))
                .containsExactly(
                        "`probe` has the shape [3]" + OTHER.formatted("[3, 2]"),
                        "`probe` has the shape [0, 3, 2]" + COUNT,
                        "`probe` has the shape {x: [3, 2]}" + OTHER.formatted("[3, 2]"),
                        "`probe` holds 2 of the directions, but `probes` is 3: leave `probes` out",
                        "`probe` has the shape [3, 2]" + OTHER.formatted(PAIR),
                        "`probe` has the shape {x: [3, 2]}" + OTHER.formatted(PAIR),
                        "`probe` has the shape {x: [3, 2], v: [2, 3, 2]}" + OTHER.formatted(PAIR),
                        "`probe` has the shape {x: [1, 3, 2], v: [2, 3, 2]}" + COUNT);
    }

    private static final String PAIR = "{x: [3, 2], v: [3, 2]}";
    private static final String OTHER =
            ", but x has the shape %s: give one direction in the shape of x, or k directions [k, …]";
    private static final String COUNT = ", but must hold the same number of directions, at least 1, for each state";

    @Test
    void the_likelihood_of_a_system_is_that_of_all_its_states() {
        double[] found = Script.numbers("""
                set(precision = "float64")
                p = CLD()
                law = normal(mean = 1, std = 0.3)
                u = p.start(law.sample([20, 2]))
                exact = law.log_density(p)
                z, change = encode(p, law.score(p), u, method = rk45(rtol = 1e-9, atol = 1e-9))
                print(number(max(abs(exact(z, p.t_max) + change - exact(u, p.t_min)))))
                """);
        assertThat(found[0]).isLessThan(1e-6);
    }

    /**
     * A cubic drift has a divergence that depends on x: with score 0 and almost no noise, log p changes by the
     * divergence alone.
     */
    @Test
    void the_divergence_of_a_nonlinear_drift_is_counted_once() {
        double[] found = Script.numbers("""
                set(precision = "float64")
                sde Shrinking {
                  t in [0, 1]
                  dx = -x^3 dt + 1e-3 dw
                  prior = normal(std = 1)
                }
                x = tensor([[0.5], [1], [2]])
                z, change = encode(Shrinking(), (x, t) -> 0*x, x, method = rk45(rtol = 1e-10, atol = 1e-10))
                # dz/dx of z = x/√(1 + 2 x²) is (1 + 2 x²)^(-3/2)
                print(number(max(abs(z - x/sqrt(1 + 2*x^2)))), number(max(abs(change + 1.5*log(1 + 2*x[:, 0]^2)))))
                """);
        assertThat(Arrays.stream(found).max().orElseThrow()).isLessThan(1e-8);
    }

    /** Four velocities per step, each with its divergence, or with three probes of the divergence. */
    @Test
    void evaluations_of_the_score_are_counted_for_its_value_and_for_its_divergence() {
        double[] found = Script.numbers(TWO + """
                p = VP()
                y = log_likelihood(p, law.score(p), law.sample(5), method = rk4(steps = 10))
                print(nfe())
                y = log_likelihood(p, law.score(p), law.sample(5), method = rk4(steps = 10), probes = 3)
                print(nfe())
                x = sample(p, law.score(p), n = 2, shape = [2], using = pc(steps = 7))
                print(nfe())
                """);
        assertThat(found).containsExactly(80, 160, 7);
    }

    /** For m normal data, E[x(0) | x(t)] = μ + s² a (x − a μ)/(a² s² + b²). */
    @Test
    void denoised_is_the_posterior_mean_of_normal_data() {
        double[] off = Script.numbers("""
                set(precision = "float64")
                law = normal(mean = 2, std = 0.5)
                x = randn([10, 2])
                for p in [VP(), VE(), OrnsteinUhlenbeck(mu = 3), RectifiedFlow()] {
                  t = 0.4
                  a = p.transition.mean_coef(t)
                  b = p.transition.std(t)
                  m = p.transition.mean(0*x, t)
                  s = law.score(p)
                  exact = 2 + 0.25*a*(x - m - 2*a)/(0.25*a^2 + b^2)
                  print(number(max(abs(denoised(p, s, x, t) - exact))))
                  print(number(max(abs(noise_of(p, s, x, t) - (x - m - a*exact)/b))))
                }
                """);
        assertThat(Arrays.stream(off).max().orElseThrow()).isLessThan(1e-9);
    }

    @Test
    void the_laplacian_of_a_mixtures_log_density_is_the_divergence_of_its_score() {
        double[] off = Script.numbers(TWO + """
                p = VP()
                s = law.score(p)
                d = law.log_density(p)
                x = randn([10, 2])
                h = 1e-4
                lap = 0
                for e in [tensor([h, 0]), tensor([0, h])] {
                  lap = lap + (d(x + e, 0.4) + d(x - e, 0.4) - 2*d(x, 0.4))/h^2
                }
                print(number(max(abs(divergence(x -> s(x, 0.4), x) - lap))))
                """);
        assertThat(off[0]).isLessThan(1e-5);
    }

    /** Fair bits under their own law: a uniform density over [lo, hi] has log₂ levels bits. */
    @Test
    void bits_per_dim_of_a_uniform_law_are_the_bits_of_its_levels() {
        double[] found = Script.numbers("""
                set(precision = "float64")
                p = VP()
                # wide and flat over [0, 1]: log p = −log(10 √(2π)) there, to (1/20)²
                law = normal(mean = 0.5, std = 10)
                x = floor(uniform(0, 256, [50, 3]))/255
                print(bits_per_dim(p, law.score(p), x, lo = 0, hi = 1), 8 + log(10*sqrt(2*pi))/log(2))
                """);
        assertThat(found[0]).isCloseTo(found[1], within(0.05));
    }

    /**
     * A number of level k of 4 from 2 to 4 is spread over [a, a + ½] with a = 2 + k/2; under N(m, σ²) the mean of −log p there is log σ +
     * ½ log 2π + ((a + ½ − m)³ − (a − m)³)/(3 σ²), and ½ is the width of a level. The uniform draws make −log p vary by less than 1, so
     * that of 4 · 400 numbers the mean is off by less than 5.2/√1600 = 0.13; the prior of VP costs less than 1e-3.
     */
    @Test
    void bits_per_dim_counts_the_levels_from_lo_to_hi() {
        double[] found = Script.numbers("""
                set(seed = 3)
                x = transpose(reshape(tensor([2, 2 + 2/3, 2 + 4/3, 4]), [4, 1])*ones([4, 400]))
                score = normal(mean = 2.75, std = 0.5).score(VP())
                print(bits_per_dim(VP(), score, x, levels = 4, lo = 2, hi = 4))
                """);
        double mean = 0;
        for (int k = 0; k < 4; k++) {
            double from = 2 + k / 2.0 - 2.75;
            mean += (Math.log(0.5)
                            + Math.log(2 * Math.PI) / 2
                            + (Math.pow(from + 0.5, 3) - Math.pow(from, 3)) / (3 * 0.25))
                    / 4;
        }
        assertThat(found[0]).isCloseTo((mean - Math.log(0.5)) / Math.log(2), within(0.13 / Math.log(2)));
    }

    /**
     * Under the score −x nothing moves in VP, and log p(0) is −½ log 2πv for each component, with v = 1 − exp(−∫ β) of the prior, where ∫ β =
     * (0.1 + 20)/2.
     */
    @Test
    void the_likelihood_at_nothing_is_a_number() {
        double[] found = Script.numbers("""
                set(precision = "float64")
                for probes in [none, 2] {
                  print(number(log_likelihood(VP(), (x, t) -> -x, zeros([1, 3]), method = rk4(steps = 4), probes = probes)))
                }
                """);

        double exact = -1.5 * Math.log(2 * Math.PI * -Math.expm1(-10.05));
        assertThat(found).containsExactly(new double[] {exact, exact}, within(1e-12));
    }
}
