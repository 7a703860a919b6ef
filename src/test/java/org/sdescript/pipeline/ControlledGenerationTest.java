package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;

/** Conditional samples of a mixture against its exact posterior, which Bayes' rule makes a mixture again. */
@Tag("numbers")
class ControlledGenerationTest {
    private static final int FEATURES = 7;

    /**
     * The posterior of a component N(m, s²) given y = h·x + noise: weight times N(y; h·m, s²|h|² + std²), and draws by
     * Matheron's rule, z + s² h (y + noise − h·z)/(s²|h|² + std²).
     */
    private static final String EXACT = """
            weights = [0.5, 0.3, 0.2]
            means = [[-2, -1], [2, -1], [0, 2]]
            stds = [0.4, 0.5, 0.6]
            vp = VP()
            score = mixture(weights = weights, means = means, stds = stds).score(vp)
            fn seen(x, h) = x @ reshape(tensor(h), [2, 1])
            fn exact(h, y, std, n) {
              spread = [s^2*(h[0]^2 + h[1]^2) + std^2 for s in stds]
              off = [y - h[0]*m[0] - h[1]*m[1] for m in means]
              w = [weights[k]*exp(-off[k]^2/(2*spread[k]))/sqrt(spread[k]) for k in 0..2]
              parts = []
              for k in 0..2 {
                z = tensor(means[k]) + stds[k]*randn([n, 2])
                gain = stds[k]^2/spread[k]*tensor([h])
                parts = append(parts, z + gain*(y + std*randn([n, 1]) - seen(z, h)))
              }
              u = uniform(0, sum(w), [n, 1])
              return where(u < w[0], parts[0], where(u < w[0] + w[1], parts[1], parts[2]))
            }
            fn features(x) = concat([x, x^2, x[:, 0:1]*x[:, 1:2], where(x[:, 0:1] > 0, 1, 0), where(x[:, 1:2] > 0.5, 1, 0)], axis = 1)
            fn compare(x, exact) {
              f = features(x)
              g = features(exact)
              print(list(mean(f, axis = 0) - mean(g, axis = 0)))
              print(list(std(g, axis = 0)))
              print(list(sqrt(std(f, axis = 0)^2/len(f) + std(g, axis = 0)^2/len(g))))
            }
            """;

    private record Case(String name, String drawn, String law) {}

    /**
     * The means of seven features, moments and shares of the components, against those of 20 000 exact draws. The
     * tolerance is 5.6 standard errors, so that all 21 means hold with 1 − 5e-7, and a fifth of a feature's spread for
     * the error of 8 particles and finite steps.
     */
    @TestFactory
    Stream<DynamicTest> conditional_samples_have_the_moments_of_the_exact_posterior() {
        return Stream.of(
                        new Case(
                                "inpainted, the first number known",
                                "inpaint(vp, score, tensor([0.5, 0]), tensor([1, 0])), using = twisted(steps = 100, particles = 8)",
                                "exact([1, 0], 0.5, 0, n)"),
                        new Case(
                                "a noisy sum",
                                "posterior(vp, score, x -> seen(x, [1, 0.5]), 0.5, std = 0.3), using = twisted(steps = 100)",
                                "exact([1, 0.5], 0.5, 0.3, n)"),
                        new Case(
                                "guided to a part",
                                "guided(score, which, 1), using = pc(predictor = ancestral, steps = 200)",
                                "tensor(means[1]) + stds[1]*randn([n, 2])"))
                .map(each -> DynamicTest.dynamicTest(each.name(), () -> {
                    double[] found = Script.numbers(EXACT + """
                            parts = [normal(mean = tensor(means[k]), std = stds[k]).log_density(vp) for k in 0..2]
                            which = (x, t) -> weighted_densities(x, t, weights, parts)
                            x = sample(vp, %s, n = 500, shape = [2], seed = 1)
                            n = 20000
                            compare(x, %s)
                            """.formatted(each.drawn(), each.law()));

                    assertThat(found).hasSize(3 * FEATURES);
                    for (int i = 0; i < FEATURES; i++) {
                        double spread = found[FEATURES + i];
                        double error = found[2 * FEATURES + i];
                        assertThat(found[i])
                                .as("feature %d", i)
                                .isCloseTo(0, within(0.2 * spread + 5.6 * error + 1e-3));
                    }
                }));
    }

    /**
     * For a system, Tweedie's covariance is exact for normal data: N(1, 0.5²) given 3 with noise 0.5 is N(2, 0.25/2).
     */
    @Test
    void a_normal_posterior_of_a_system_is_exact() {
        double[] found = Script.numbers("""
                p = CLD()
                given = inpaint(p, normal(mean = 1, std = 0.5).score(p), tensor([3, 0]), tensor([1, 0]), std = 0.5)
                x = sample(p, given, n = 1000, shape = [2], seed = 1, using = pc(predictor = ode_heun, steps = 100))
                print(mean(x.x[:, 0]), std(x.x[:, 0]), mean(x.x[:, 1]), std(x.x[:, 1]))
                """);

        // five standard errors of a mean, and 2 % for finite steps
        assertThat(found[0]).isCloseTo(2, within(5 * 0.354 / Math.sqrt(1000) + 0.02));
        assertThat(found[1]).isCloseTo(0.354, within(5 * 0.354 / Math.sqrt(2000) + 0.01));
        assertThat(found[2]).isCloseTo(1, within(5 * 0.5 / Math.sqrt(1000) + 0.02));
        assertThat(found[3]).isCloseTo(0.5, within(5 * 0.5 / Math.sqrt(2000) + 0.01));
    }

    /** The score of normal data given y is linear: the score of N(m, v) with v = 1/(1/s² + 1/std²). */
    @Test
    void the_score_of_a_normal_posterior_is_that_of_the_posterior() {
        double[] apart = Script.numbers("""
                set(precision = "float64")
                x = randn([5, 3])
                for p in [VP(), VE(hi = 5), OrnsteinUhlenbeck(mu = 2)] {
                  given = posterior(p, normal(mean = 1, std = 2).score(p), x -> 3*x, 6, std = 3)
                  exact = normal(mean = (1/4 + 2)/(1/4 + 1), std = 1/sqrt(1/4 + 1)).score(p)
                  for t in [0.01, 0.5, 1] {
                    print(number(max(abs(given(x, t) - exact(x, t)))))
                  }
                }
                """);

        assertThat(apart).hasSize(9);
        assertThat(Arrays.stream(apart).max().orElseThrow()).isLessThan(1e-9);
    }

    @Test
    void pi_gdm_with_the_datas_spread_is_exact_for_such_normal_data() {
        double[] apart = Script.numbers("""
                set(precision = "float64")
                x = randn([5, 3])
                score = normal(std = 2).score(VP())
                blur = x -> x @ tensor([[1, 0], [0.5, 0.5], [0, 1]])
                by_moments = posterior(VP(), score, blur, 3, std = 0.1)
                by_spread = posterior(VP(), score, blur, 3, std = 0.1, data_std = 2)
                print(number(max(abs(by_moments(x, 0.3)/by_spread(x, 0.3) - 1))))
                """);

        assertThat(apart[0]).isLessThan(1e-9);
    }

    @Test
    void systematic_draws_have_the_counts_of_their_weights() {
        assertThat(Script.run("print(drawn_by_weight(log(tensor([0.25, 0.5, 0.25])), 8))"))
                .containsExactly("tensor([0, 0, 1, 1, 1, 1, 2, 2])");
    }
}
