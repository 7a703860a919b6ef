package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.sdescript.Script;

/** mismatch(p, data) against KL(N ‖ N) written with inverses and determinants of whole matrices. */
class MismatchTest {

    /** ½ (tr P⁻¹S + (m − μ)ᵀP⁻¹(m − μ) − k + log det P/det S). */
    private static double divergence(RealVector m, RealMatrix s, RealVector mu, RealMatrix p) {
        LUDecomposition prior = new LUDecomposition(p);
        RealMatrix inverse = prior.getSolver().getInverse();
        RealVector distance = m.subtract(mu);
        double logs = Math.log(prior.getDeterminant() / new LUDecomposition(s).getDeterminant());
        return 0.5
                * (inverse.multiply(s).getTrace()
                        + distance.dotProduct(inverse.operate(distance))
                        - m.getDimension()
                        + logs);
    }

    private static double number(String script) {
        return Script.numbers(script)[0];
    }

    /** dx = −x dt + dw up to t = ½, data of mean 1 and variance 1: N(e^−½, e⁻¹ + ½(1 − e⁻¹)) against N(2, 9). */
    @Test
    void of_one_state_with_a_given_prior() {
        double found = number("""
                sde P {
                  t in [1e-5, 0.5]
                  dx = -x dt + dw
                  prior = normal(mean = 2, std = 3)
                }
                print(mismatch(P(), tensor([[0], [2]])))
                """);

        double variance = Math.exp(-1) + (1 - Math.exp(-1)) / 2;
        double distance = Math.exp(-0.5) - 2;
        assertThat(found)
                .isCloseTo(0.5 * ((variance + distance * distance) / 9 - 1 + Math.log(9 / variance)), within(1e-6));
    }

    @Test
    void of_data_with_correlated_components() {
        double found = number("""
                sde P {
                  t in [1e-5, 0.5]
                  dx = -x dt + dw
                }
                print(mismatch(P(), tensor([[0, 0], [2, 1], [1, 5]])))
                """);

        double noise = (1 - Math.exp(-1)) / 2;
        RealVector mean = LinearSystem.vector(1, 2).mapMultiply(Math.exp(-0.5));
        RealMatrix data = LinearSystem.matrix(2.0 / 3, 1.0 / 3, 1.0 / 3, 14.0 / 3);
        RealMatrix prior = LinearSystem.identity().scalarMultiply(noise);
        assertThat(found)
                .isCloseTo(
                        divergence(
                                mean, data.scalarMultiply(Math.exp(-1)).add(prior), LinearSystem.vector(0, 0), prior),
                        within(1e-6));
    }

    /** CLD for a short time, data of two components: four coordinates, with matrices Φ ⊗ 1. */
    @Test
    void of_a_system_with_a_stated_start() {
        double found = number("""
                sde Short {
                  t in [1e-5, 0.2]
                  dx = 16*v dt
                  dv = (-4*x - 16*v) dt + sqrt(8) dw
                  start = {v: normal(mean = 1, std = 0.1)}
                }
                print(mismatch(Short(), tensor([[0, 0], [2, 1], [1, 5]])))
                """);

        LinearSystem cld = LinearSystem.cld();
        RealMatrix map = blocks(cld.map(0.2));
        RealMatrix start = MatrixUtils.createRealMatrix(new double[][] {
            {2.0 / 3, 1.0 / 3, 0, 0},
            {1.0 / 3, 14.0 / 3, 0, 0},
            {0, 0, 0.01, 0},
            {0, 0, 0, 0.01}
        });
        RealMatrix prior = blocks(cld.covariance(0.2));
        double expected = divergence(
                map.operate(LinearSystem.vector(1, 2, 1, 1)),
                map.multiply(start).multiplyTransposed(map).add(prior),
                LinearSystem.vector(0, 0, 0, 0),
                prior);
        assertThat(expected).isGreaterThan(0.01);
        assertThat(found).isCloseTo(expected, within(1e-6 * expected));
    }

    @Test
    void data_of_every_state_needs_no_start() {
        double found = number("""
                sde Short {
                  t in [1e-5, 0.2]
                  dx = 16*v dt
                  dv = (-4*x - 16*v) dt + sqrt(8) dw
                }
                print(mismatch(Short(), {x: tensor([[0], [2], [1]]), v: tensor([[0], [1], [5]])}))
                """);

        LinearSystem cld = LinearSystem.cld();
        RealMatrix map = cld.map(0.2);
        RealMatrix prior = cld.covariance(0.2);
        double expected = divergence(
                map.operate(LinearSystem.vector(1, 2)),
                map.multiply(LinearSystem.matrix(2.0 / 3, 1.0 / 3, 1.0 / 3, 14.0 / 3))
                        .multiplyTransposed(map)
                        .add(prior),
                LinearSystem.vector(0, 0),
                prior);
        assertThat(found).isCloseTo(expected, within(1e-6 * expected));
    }

    /** M ⊗ 1₂. */
    private static RealMatrix blocks(RealMatrix m) {
        RealMatrix whole = MatrixUtils.createRealMatrix(4, 4);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                whole.setEntry(i, j, i % 2 == j % 2 ? m.getEntry(i / 2, j / 2) : 0);
            }
        }
        return whole;
    }
}
