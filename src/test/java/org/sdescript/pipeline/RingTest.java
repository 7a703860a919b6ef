package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;

/**
 * Eight normal modes on a ring, sampled with their exact score: the width of the modes, and the share of samples
 * between them.
 */
class RingTest {
    /** A normal law in two dimensions has 98.9 % within three standard deviations. */
    private static final double WITHIN = 0.985;

    private static final double STD = 0.0999;

    /** The error of finite steps, beside that of a finite sample. */
    private static final double OFF = 0.002;

    /** Five standard errors of a share, exceeded with probability 3e-7. */
    private static double shareError(int n) {
        return 5 * Math.sqrt(WITHIN * (1 - WITHIN) / n);
    }

    private record Run(String sampler, int samples, int evaluations) {
        @Override
        public String toString() {
            return sampler + ", " + evaluations + " evaluations";
        }
    }

    /** Fewer samples for the 1000 steps; {@code examples/samplers.sde} draws 10 000 of each. */
    @TestFactory
    Stream<DynamicTest> samplers_keep_the_modes() {
        return Stream.of(
                        new Run("pc()", 1500, 1000),
                        new Run("pc(predictor = multistep, steps = 50, grid = power_grid(3))", 10_000, 50),
                        new Run("pc(predictor = multistep(order = 3), steps = 49, grid = power_grid(3))", 10_000, 50),
                        new Run("pc(predictor = exponential(eta = 0.3), steps = 50, grid = power_grid(2))", 10_000, 50))
                .map(run -> DynamicTest.dynamicTest(run.toString(), () -> {
                    double[] found = Script.numbers("""
                            angles = pi/4*arange(8)
                            modes = stack([2*cos(angles), 2*sin(angles)], axis = 1)
                            ring = mixture(means = list(modes), stds = 0.1)
                            x = sample(VP(), ring.score(VP()), n = %d, shape = [2], seed = 1, using = %s)
                            apart = norm(reshape(x, [len(x), 1, 2]) - reshape(modes, [1, 8, 2]), axis = 2)
                            near = min(apart, axis = 1)
                            print(sqrt(number(mean(near^2))/2), number(mean(where(near < 0.3, 1, 0))), nfe())
                            """.formatted(run.samples(), run.sampler()));

                    // a standard deviation of 2n numbers has the standard error s/√(4n)
                    double sampling = 5 * 0.1 / Math.sqrt(4 * run.samples());
                    assertThat(found[0]).isCloseTo(STD, within(OFF + sampling));
                    assertThat(found[1]).isGreaterThanOrEqualTo(WITHIN - shareError(run.samples()));
                    assertThat(found[2]).isEqualTo(run.evaluations());
                }));
    }
}
