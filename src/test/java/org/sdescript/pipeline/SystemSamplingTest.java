package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;

/**
 * Samplers of a system against mathematics. For normal data every step of a predictor is an affine map with normal
 * noise, so a recursion of vectors and matrices, worked out here with matrix exponentials, gives mean and covariance of
 * the samples. The samples must agree with it up to the error of a finite sample; and the recursion must lead to the
 * data.
 */
class SystemSamplingTest {
    private static final int SAMPLES = 1000;
    private static final int COMPONENTS = 2;
    private static final int STEPS = 100;

    /** Five standard errors: one false alarm in 1.7 million. */
    private static final double ERRORS = 5;

    private static final LinearSystem CLD = LinearSystem.cld();
    private static final RealVector MEAN = LinearSystem.vector(1, 0);
    private static final RealMatrix COVARIANCE = LinearSystem.matrix(0.25, 0, 0, 0.04 * 0.25);

    private record Law(RealVector mean, RealMatrix covariance) {
        double std(int state) {
            return Math.sqrt(covariance.getEntry(state, state));
        }
    }

    /** x ← M x + b, with noise of covariance N. */
    private record Affine(RealMatrix map, RealVector offset, RealMatrix noise) {}

    /** A step from time t to t − h, where the score is −P (x − m). */
    private interface Predictor {
        Affine step(RealMatrix p, RealVector m, double h, double t);
    }

    /** x ← 2x − A x + V g + L z. */
    private static Affine reverseDiffusion(RealMatrix p, RealVector m, double h, double t) {
        RealMatrix v = CLD.covariance(h);
        RealMatrix pull = v.multiply(p);
        RealMatrix map =
                LinearSystem.identity().scalarMultiply(2).subtract(CLD.map(h)).subtract(pull);
        return new Affine(map, pull.operate(m), v);
    }

    /** x ← A⁻¹ (x + V g), with the noise that remains when x(t) and x(0) are known: A⁻¹ (V − V Σ⁻¹ V) A⁻ᵀ. */
    private static Affine ancestral(RealMatrix p, RealVector m, double h, double t) {
        RealMatrix v = CLD.covariance(h);
        RealMatrix back = MatrixUtils.inverse(CLD.map(h));
        RealMatrix pull = v.multiply(p);
        RealMatrix known = v.multiply(MatrixUtils.inverse(CLD.covariance(t))).multiply(v);
        return new Affine(
                back.multiply(LinearSystem.identity().subtract(pull)),
                back.multiply(pull).operate(m),
                back.multiply(v.subtract(known)).multiplyTransposed(back));
    }

    /** x ← x − (F x − Q g) h + G z √h. */
    private static Affine eulerMaruyama(RealMatrix p, RealVector m, double h, double t) {
        return euler(p, m, h, 1, CLD.rate().scalarMultiply(h));
    }

    /** x ← x − (F x − ½ Q g) h. */
    private static Affine odeEuler(RealMatrix p, RealVector m, double h, double t) {
        return euler(p, m, h, 0.5, MatrixUtils.createRealMatrix(2, 2));
    }

    private static Affine euler(RealMatrix p, RealVector m, double h, double share, RealMatrix noise) {
        RealMatrix pull = CLD.rate().multiply(p).scalarMultiply(share * h);
        RealMatrix map =
                LinearSystem.identity().subtract(CLD.slope().scalarMultiply(h)).subtract(pull);
        return new Affine(map, pull.operate(m), noise);
    }

    private static Law sampled(Predictor predictor, int steps) {
        RealVector mean = LinearSystem.vector(0, 0);
        RealMatrix covariance = CLD.covariance(1);
        double h = (1 - 1e-5) / steps;
        for (int i = 0; i < steps; i++) {
            double t = 1 - i * h;
            RealMatrix phi = CLD.map(t);
            RealMatrix marginal =
                    phi.multiply(COVARIANCE).multiplyTransposed(phi).add(CLD.covariance(t));
            Affine step = predictor.step(MatrixUtils.inverse(marginal), phi.operate(MEAN), h, t);
            mean = step.map().operate(mean).add(step.offset());
            covariance = step.map().multiply(covariance).multiplyTransposed(step.map());
            covariance = i + 1 < steps ? covariance.add(step.noise()) : covariance;
        }
        return new Law(mean, covariance);
    }

    private static Stream<DynamicTest> each(java.util.function.BiConsumer<String, Predictor> test) {
        return Stream.of(
                dynamic("reverse_diffusion", SystemSamplingTest::reverseDiffusion, test),
                dynamic("ancestral", SystemSamplingTest::ancestral, test),
                dynamic("euler_maruyama", SystemSamplingTest::eulerMaruyama, test),
                dynamic("ode_euler", SystemSamplingTest::odeEuler, test));
    }

    private static DynamicTest dynamic(
            String name, Predictor predictor, java.util.function.BiConsumer<String, Predictor> test) {
        return DynamicTest.dynamicTest(name, () -> test.accept(name, predictor));
    }

    /** Standard errors: s/√n of a mean, s/√(2n) of a standard deviation. */
    @TestFactory
    Stream<DynamicTest> predictors_of_a_system_give_the_moments_of_their_recursion() {
        return each((name, predictor) -> {
            double[] moments = Script.numbers("""
                    p = CLD()
                    x = sample(p, normal(mean = 1, std = 0.5).score(p), n = %d, shape = [%d], seed = 3,
                               using = pc(predictor = %s, steps = %d))
                    print(number(mean(x.x)), number(mean(x.v)), number(std(x.x)), number(std(x.v)))
                    """.formatted(SAMPLES, COMPONENTS, name, STEPS));

            Law law = sampled(predictor, STEPS);
            double n = SAMPLES * COMPONENTS;
            for (int state = 0; state < 2; state++) {
                double spread = law.std(state);
                assertThat(moments[state])
                        .isCloseTo(law.mean().getEntry(state), within(ERRORS * spread / Math.sqrt(n)));
                assertThat(moments[2 + state]).isCloseTo(spread, within(ERRORS * spread / Math.sqrt(2 * n)));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> the_recursions_lead_to_the_data_with_an_error_of_first_order() {
        return each((name, predictor) -> {
            double coarse = Math.abs(sampled(predictor, 500).std(0) - 0.5);
            double fine = Math.abs(sampled(predictor, 1000).std(0) - 0.5);

            assertThat(fine).isLessThan(0.04);
            assertThat(coarse / fine).isBetween(1.6, 2.4);
        });
    }

    /**
     * At one time the chain x ← x + 2 snr² Σ g + 2 snr L z of a normal marginal S has the covariance that the recursion
     * C = M C Mᵀ + 4 snr² Σ with M = 1 − 2 snr² Σ S⁻¹ leads to.
     */
    @Test
    void the_langevin_corrector_of_a_system_keeps_the_marginal_of_both_states() {
        double[] moments = Script.numbers("""
                p = CLD()
                s = normal(mean = 1, std = 0.5).score(p)
                x = {x: randn([2000, 1]), v: randn([2000, 1])}
                fix = langevin(snr = 0.2)
                repeat 200 {
                  x, mean = fix(p, s, x, 0.3)
                }
                print(number(std(x.x)), number(std(x.v)))
                """);

        double factor = 2 * 0.2 * 0.2;
        RealMatrix sigma = CLD.covariance(0.3);
        RealMatrix phi = CLD.map(0.3);
        RealMatrix marginal = phi.multiply(COVARIANCE).multiplyTransposed(phi).add(sigma);
        RealMatrix map = LinearSystem.identity()
                .subtract(sigma.multiply(MatrixUtils.inverse(marginal)).scalarMultiply(factor));
        RealMatrix covariance = LinearSystem.identity();
        for (int i = 0; i < 200; i++) {
            covariance = map.multiply(covariance).multiplyTransposed(map).add(sigma.scalarMultiply(2 * factor));
        }
        for (int state = 0; state < 2; state++) {
            double spread = Math.sqrt(covariance.getEntry(state, state));
            assertThat(moments[state]).isCloseTo(spread, within(ERRORS * spread / Math.sqrt(2 * 2000)));
            assertThat(spread).isCloseTo(Math.sqrt(marginal.getEntry(state, state)), within(0.05 * spread));
        }
    }

    @Test
    void batches_do_not_change_the_samples_of_a_system() {
        double[] difference = Script.numbers("""
                p = CLD()
                s = normal(std = 0.5).score(p)
                fast = pc(steps = 20, corrector = langevin(snr = 0.1))
                whole = sample(p, s, n = 20, shape = [2], seed = 4, using = fast)
                parts = sample(p, s, n = 20, shape = [2], seed = 4, batch = 7, using = fast)
                print(number(max(abs(whole.x - parts.x))), number(max(abs(whole.v - parts.v))))
                """);

        assertThat(difference).containsOnly(0.0);
    }

    /** exp(t²) has no elementary integral, so Φ and Σ exist only numerically. */
    @Test
    void a_process_whose_transition_is_known_by_numbers_trains_and_samples() {
        double[] result = Script.numbers("""
                sde Numeric {
                  dx = -exp(t^2)*x dt + dw
                }
                p = Numeric()
                score = train(mlp(hidden = 8, depth = 1), moons(64), p, loss = denoising(), steps = 10, batch = 16, seed = 1)
                x = sample(p, score, n = 8, seed = 1, using = pc(steps = 10, corrector = langevin(snr = 0.1)))
                y = sample(p, normal(std = 0.5).score(p), n = 2000, shape = [1], seed = 1, using = pc(steps = 100))
                print(x.shape, len(score.losses), number(max(abs(x))), number(std(y)))
                """);

        assertThat(result[0]).isEqualTo(8);
        assertThat(result[1]).isEqualTo(2);
        assertThat(result[2]).isEqualTo(10);
        assertThat(result[3]).isFinite();
        // five standard errors, and 3 % for 100 steps of first order
        assertThat(result[4]).isCloseTo(0.5, within(0.5 * (0.03 + ERRORS / Math.sqrt(2 * 2000))));
    }
}
