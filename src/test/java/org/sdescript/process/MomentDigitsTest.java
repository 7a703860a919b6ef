package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sdescript.process.Processes.T;

import java.math.BigDecimal;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sdescript.algebra.Evaluation;

/**
 * Moments of systems with constant coefficients against their series in 50 decimal digits.
 */
class MomentDigitsTest {
    /** The documented accuracy, which a numeric transition prints. */
    private static final double PROMISED = 1e-10;

    static Stream<ConstantSystem> families() {
        return Stream.of(
                new ConstantSystem(
                        "nearly defective", new double[][] {{-2, 1}, {0, -2.0000000001}}, new double[] {1, 0.5}),
                new ConstantSystem("defective", new double[][] {{-2, 1}, {0, -2}}, new double[] {1, 0.5}),
                new ConstantSystem("less nearly", new double[][] {{-2, 1}, {0, -2.0001}}, new double[] {1, 0.5}),
                new ConstantSystem(
                        "a complex pair close to real", new double[][] {{-1, 1e-5}, {-1e-5, -1}}, new double[] {0, 1}),
                new ConstantSystem(
                        "a damped pair close to critical",
                        new double[][] {{0, 1}, {-1.000000001, -2}},
                        new double[] {0, 1}),
                new ConstantSystem("stiff", new double[][] {{-1e-6, 1}, {0, -1e3}}, new double[] {0, 1}),
                new ConstantSystem("stiff and turning", new double[][] {{-1e-6, 3}, {-2, -1e3}}, new double[] {0.1, 1}),
                new ConstantSystem("zero eigenvalues", new double[][] {{0, 1}, {0, 0}}, new double[] {0, 1}),
                new ConstantSystem("a growing state", new double[][] {{2, 1}, {0, 1.9999999}}, new double[] {0.3, 1}),
                new ConstantSystem(
                        "three nearly equal",
                        new double[][] {{-1, 1, 0}, {0, -1.00000001, 1}, {0, 0, -1.00000002}},
                        new double[] {0, 0, 1}),
                new ConstantSystem(
                        "three of which two are equal",
                        new double[][] {{-1, 1, 0.5}, {0, -3, 1}, {0, 0, -1}},
                        new double[] {1, 0, 1}),
                new ConstantSystem(
                        "three in a circle",
                        new double[][] {{-1, 1, 0}, {0, -2, 1}, {1e-3, 0, -1.5}},
                        new double[] {0, 1, 0.2}),
                new ConstantSystem(
                        "three with two zeros", new double[][] {{0, 1, 0}, {0, 0, 1}, {0, 0, -1}}, new double[] {0, 0, 1
                        }));
    }

    @ParameterizedTest
    @MethodSource("families")
    void moments_hold_ten_digits_at_all_times_and_so_does_the_prior(ConstantSystem family) {
        int n = family.noise().length;
        Process p = family.process();
        Moments computed = p.transition().computed();
        for (double t : new double[] {1e-5, 1e-3, 0.1, 1}) {
            BigDecimal[][] expected = family.exact(ConstantSystem.number(t));
            double[][] phi = values(computed.map(), t);
            double[][] sigma = values(computed.covariance(), t);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double map = ConstantSystem.phi(expected, i, j, n).doubleValue();
                    // where Φ crosses 0, the scale is t AΦ, the slope of Φ by a relative change of t
                    double size =
                            Math.max(1e-300, Math.max(Math.abs(map), t * Math.abs(slope(family, expected, i, j))));
                    assertThat(Math.abs(phi[i][j] - map) / size)
                            .as("Φ%d%d(%s)", i, j, t)
                            .isLessThan(PROMISED);
                    checkCovariance(family, "Σ" + i + j + "(" + t + ")", sigma[i][j], i, j, expected, n);
                }
            }
            assertPositive(sigma, n);
        }
        double[][] prior = p.prior().covarianceValues();
        BigDecimal[][] last = family.exact(BigDecimal.ONE);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                checkCovariance(family, "prior" + i + j, prior[i][j], i, j, last, n);
            }
        }
    }

    private static void checkCovariance(
            ConstantSystem family, String what, double found, int i, int j, BigDecimal[][] expected, int n) {
        double size = Math.sqrt(sigma(expected, i, i, n) * sigma(expected, j, j, n));
        assertThat(Math.abs(found - sigma(expected, i, j, n)) / size)
                .as("%s of %s", what, family)
                .isLessThan(PROMISED);
    }

    private static double slope(ConstantSystem family, BigDecimal[][] expected, int i, int j) {
        int n = family.noise().length;
        return IntStream.range(0, n)
                .mapToDouble(k ->
                        family.a()[i][k] * ConstantSystem.phi(expected, k, j, n).doubleValue())
                .sum();
    }

    private static double sigma(BigDecimal[][] expected, int i, int j, int n) {
        return ConstantSystem.sigma(expected, i, j, n).doubleValue();
    }

    /** Asserts correlations from −1 to 1 and a nonnegative determinant of the correlations, up to rounding. */
    private static void assertPositive(double[][] sigma, int n) {
        double[][] r = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                r[i][j] = sigma[i][j] / Math.sqrt(sigma[i][i] * sigma[j][j]);
                assertThat(Math.abs(r[i][j])).isLessThan(1 + 1e-14);
            }
        }
        if (n == 3) {
            double determinant =
                    1 + 2 * r[0][1] * r[1][2] * r[0][2] - r[0][1] * r[0][1] - r[1][2] * r[1][2] - r[0][2] * r[0][2];
            assertThat(determinant).isGreaterThan(-1e-14);
        }
    }

    private static double[][] values(Matrix matrix, double t) {
        return matrix.rows().stream()
                .map(row ->
                        row.stream().mapToDouble(e -> Evaluation.of(e, T).at(t)).toArray())
                .toArray(double[][]::new);
    }
}
