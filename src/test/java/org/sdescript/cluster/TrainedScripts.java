package org.sdescript.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jspecify.annotations.NullMarked;

/** A small training of 200 steps, whose losses, score and samples are printed in full. */
@NullMarked
final class TrainedScripts {
    static final int STEPS = 200;

    /** The step at which a gate is passed: after the checkpoint of step 100, and before that of step 120. */
    static final int GATE = 110;

    private static final int POINTS = 4;
    private static final int SAMPLES = 64;

    private TrainedScripts() {}

    /**
     * @param options further arguments of {@code train}
     * @param gate an expression that each worker evaluates before step {@link #GATE}
     */
    static String losses(String precision, String options, String gate) {
        return """
                set(seed = 3, precision = "%s")
                fn rate(k) {
                  if k == %d {
                    _passed = %s
                  }
                  return 1e-3
                }
                score = train(mlp(hidden = 16), moons(200), VP(), batch = 32, steps = %d, clip = 1,
                              optimizer = adam(learning_rate = rate)%s)
                for v in score.losses { print("{v:.17g}") }
                """.formatted(precision, GATE, gate, STEPS, options);
    }

    /** Values of the score and samples follow the losses. */
    static String whole(String precision, String options) {
        return losses(precision, options, "0") + """
                for row in list(score(tensor([[0.5, -1], [2, 0.25]]), 0.3)) { for v in row { print("{v:.17g}") } }
                x = sample(VP(), score, n = 64, seed = 4, using = pc(steps = 10))
                for row in list(x) { for v in row { print("{v:.17g}") } }
                """;
    }

    /**
     * Losses and scores may differ by {@code tolerance} in relation to their size, which the test of trainings by threads
     * derives (ReplicaTrainingTest: the order of summation, over 200 steps).
     *
     * <p>Samples are of size 1 and begin equal. A step of the sampler adds β h/2 (x + 2 score) with β h of at most 20/10 = 2,
     * and the score's derivative is at most 1/σ², which is near 1 but for the last step, where β h is small: it multiplies a
     * difference by at most 1 + 1 + 2 = 4, and a corrector's step by less. Ten steps of both multiply the difference of the
     * scores by less than 4^10 = 1e6 in the worst case that all directions agree at all steps; 1e-9 becomes 1e-3, a
     * hundredth of the statistical error 1/√64 of a mean of these samples.
     */
    static void requireAlike(double[] found, double[] wanted, double tolerance) {
        assertThat(found).hasSize(STEPS + POINTS + 2 * SAMPLES).hasSameSizeAs(wanted);
        for (int k = 0; k < found.length; k++) {
            double allowed = k < STEPS + POINTS ? tolerance * Math.abs(wanted[k]) : 1e-3;
            if (k < STEPS + POINTS || tolerance <= 1e-9) {
                assertThat(found[k]).as("number %d", k).isCloseTo(wanted[k], within(allowed));
            }
        }
    }
}
