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

/** Mixtures: densities against the formula and the integral, scores against differences of the density. */
@Tag("numbers")
class MixtureTest {
    private static final String TWO =
            "two = mixture(weights = [3, 1], means = [[-1, 0.5], [1, 0]], stds = [0.3, tensor([0.6, 0.2])])\n";

    /** The error of central differences with h = 1e-5 is h² f‴/6 plus 1e-16 |f|/h, both below 1e-7 here. */
    @TestFactory
    Stream<DynamicTest> the_score_of_a_mixture_is_the_gradient_of_its_log_density() {
        return Stream.of("VP()", "VE(hi = 5)", "OrnsteinUhlenbeck(mu = 2)")
                .map(process -> DynamicTest.dynamicTest(process, () -> {
                    double[] difference = Script.numbers("""
                            set(precision = "float64")
                            %s
                            p = %s
                            score = two.score(p)
                            log_density = two.log_density(p)
                            x = randn([20, 2])
                            h = 1e-5
                            for t in [0.05, 0.4, 1] {
                              for e in [[1, 0], [0, 1]] {
                                e = tensor(e)
                                slope = (log_density(x + h*e, t) - log_density(x - h*e, t))/(2*h)
                                print(number(max(abs(slope - sum(score(x, t)*e, axis = 1)))))
                              }
                            }
                            """.formatted(TWO, process));

                    assertThat(difference).hasSize(6);
                    assertThat(Arrays.stream(difference).max().orElseThrow()).isLessThan(1e-6);
                }));
    }

    @Test
    void the_score_of_a_mixture_of_a_system_is_the_gradient_in_every_state() {
        double[] difference = Script.numbers("""
                set(precision = "float64")
                p = CLD()
                two = mixture(weights = [1, 2], means = [-1, 1], stds = [0.3, 0.5])
                score = two.score(p)
                log_density = two.log_density(p)
                x = {x: randn([20, 1]), v: randn([20, 1])}
                h = 1e-5
                for t in [0.05, 0.3, 1] {
                  s = score(x, t)
                  along_x = (log_density({x: x.x + h, v: x.v}, t) - log_density({x: x.x - h, v: x.v}, t))/(2*h)
                  along_v = (log_density({x: x.x, v: x.v + h}, t) - log_density({x: x.x, v: x.v - h}, t))/(2*h)
                  print(number(max(abs(along_x - s.x[:, 0]))), number(max(abs(along_v - s.v[:, 0]))))
                }
                """);

        assertThat(difference).hasSize(6);
        assertThat(Arrays.stream(difference).max().orElseThrow()).isLessThan(1e-6);
    }

    /** VE has no scale: the components are N(mₖ, sₖ² + σ²(t) − σ²(0)). */
    @Test
    void the_density_of_a_mixtures_marginal_is_that_of_the_spread_parts() {
        double[] found = Script.numbers("""
                set(precision = "float64")
                two = mixture(weights = [3, 1], means = [-1, 2], stds = [0.3, 0.5])
                print(list(two.log_density(VE(lo = 0.1, hi = 2))(tensor([[-1], [0.4], [3]]), 0.5)))
                """);

        double spread = 0.1 * 2 - 0.01;
        double[] points = {-1, 0.4, 3};
        for (int i = 0; i < points.length; i++) {
            double density = 0.75 * normal(points[i], -1, 0.09 + spread) + 0.25 * normal(points[i], 2, 0.25 + spread);
            assertThat(found[i]).isCloseTo(Math.log(density), within(1e-9));
        }
    }

    private static double normal(double x, double mean, double variance) {
        return Math.exp(-(x - mean) * (x - mean) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
    }

    /** The trapezium rule converges faster than any power for a smooth function that vanishes at both ends. */
    @Test
    void the_density_of_a_mixture_integrates_to_one() {
        double[] total = Script.numbers("""
                set(precision = "float64")
                two = mixture(weights = [3, 1], means = [-1, 2], stds = [0.3, 0.5])
                x = linspace(-8, 8, 1601)
                print(number(sum(exp(two.log_prob(reshape(x, [1601, 1])))))*0.01)
                """);

        assertThat(total[0]).isCloseTo(1, within(1e-9));
    }

    /** Five standard errors of a share, √(w(1 − w)/n), and 1 % for finite steps. */
    @Test
    void sampling_gives_the_parts_their_weights() {
        double[] shares = Script.numbers("""
                two = mixture(weights = [3, 1], means = [-2, 2], stds = 0.4)
                drawn = two.sample([4000, 1])
                x = sample(VP(), two.score(VP()), n = 2000, shape = [1], seed = 2, using = pc(steps = 500))
                print(number(mean(where(drawn > 0, 1, 0))), number(mean(where(x > 0, 1, 0))))
                """);

        double deviation = Math.sqrt(0.25 * 0.75);
        assertThat(shares[0]).isCloseTo(0.25, within(5 * deviation / Math.sqrt(4000)));
        assertThat(shares[1]).isCloseTo(0.25, within(5 * deviation / Math.sqrt(2000) + 0.01));
    }

    @Test
    void a_number_of_samples_has_the_components_of_the_means() {
        assertThat(
                        Script.run(
                                TWO + "print(two.sample(5).shape, mixture(means = [0, 1]).sample(3).shape)\n"
                                        + "s = mixture(means = [{x: [0, 1], v: 0}, {x: [2, 1], v: 1}]).sample(4)\nprint(s.x.shape, s.v.shape)"))
                .containsExactly("[5, 2] [3]", "[4, 2] [4, 2]");
    }
}
