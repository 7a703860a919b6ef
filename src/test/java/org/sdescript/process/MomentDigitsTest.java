package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sdescript.process.Processes.T;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;

/**
 * Moments of systems with constant coefficients against their series in 50 decimal digits: y = (Φ, Σ) solves a linear
 * equation, whose matrix L is exponentiated by scaling and squaring; Σ is written over pairs of states, so that nothing
 * cancels.
 */
class MomentDigitsTest {
    private static final MathContext DIGITS = new MathContext(50);

    /** The documented accuracy, which a numeric transition prints. */
    private static final double PROMISED = 1e-10;

    private record Family(String name, double[][] a, double[] noise) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Family> families() {
        return Stream.of(
                new Family("nearly defective", new double[][] {{-2, 1}, {0, -2.0000000001}}, new double[] {1, 0.5}),
                new Family("defective", new double[][] {{-2, 1}, {0, -2}}, new double[] {1, 0.5}),
                new Family("less nearly", new double[][] {{-2, 1}, {0, -2.0001}}, new double[] {1, 0.5}),
                new Family(
                        "a complex pair close to real", new double[][] {{-1, 1e-5}, {-1e-5, -1}}, new double[] {0, 1}),
                new Family(
                        "a damped pair close to critical",
                        new double[][] {{0, 1}, {-1.000000001, -2}},
                        new double[] {0, 1}),
                new Family("stiff", new double[][] {{-1e-6, 1}, {0, -1e3}}, new double[] {0, 1}),
                new Family("stiff and turning", new double[][] {{-1e-6, 3}, {-2, -1e3}}, new double[] {0.1, 1}),
                new Family("zero eigenvalues", new double[][] {{0, 1}, {0, 0}}, new double[] {0, 1}),
                new Family("a growing state", new double[][] {{2, 1}, {0, 1.9999999}}, new double[] {0.3, 1}),
                new Family(
                        "three nearly equal",
                        new double[][] {{-1, 1, 0}, {0, -1.00000001, 1}, {0, 0, -1.00000002}},
                        new double[] {0, 0, 1}),
                new Family(
                        "three of which two are equal",
                        new double[][] {{-1, 1, 0.5}, {0, -3, 1}, {0, 0, -1}},
                        new double[] {1, 0, 1}),
                new Family("three in a circle", new double[][] {{-1, 1, 0}, {0, -2, 1}, {1e-3, 0, -1.5}}, new double[] {
                    0, 1, 0.2
                }),
                new Family(
                        "three with two zeros", new double[][] {{0, 1, 0}, {0, 0, 1}, {0, 0, -1}}, new double[] {0, 0, 1
                        }));
    }

    @ParameterizedTest
    @MethodSource("families")
    void moments_hold_ten_digits_at_all_times_and_so_does_the_prior(Family family) {
        int n = family.noise().length;
        Process p = process(family);
        Moments computed = p.transition().computed();
        for (double t : new double[] {1e-5, 1e-3, 0.1, 1}) {
            BigDecimal[][] expected = exact(family, t);
            double[][] phi = values(computed.map(), t);
            double[][] sigma = values(computed.covariance(), t);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double map = expected[1 + i * n + j][0].doubleValue();
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
        BigDecimal[][] last = exact(family, 1);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                checkCovariance(family, "prior" + i + j, prior[i][j], i, j, last, n);
            }
        }
    }

    private static void checkCovariance(
            Family family, String what, double found, int i, int j, BigDecimal[][] expected, int n) {
        double size = Math.sqrt(sigma(expected, i, i, n) * sigma(expected, j, j, n));
        assertThat(Math.abs(found - sigma(expected, i, j, n)) / size)
                .as("%s of %s", what, family)
                .isLessThan(PROMISED);
    }

    private static double slope(Family family, BigDecimal[][] expected, int i, int j) {
        int n = family.noise().length;
        return IntStream.range(0, n)
                .mapToDouble(k -> family.a()[i][k] * expected[1 + k * n + j][0].doubleValue())
                .sum();
    }

    private static double sigma(BigDecimal[][] expected, int i, int j, int n) {
        return expected[1 + n * n + i * n + j][0].doubleValue();
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

    private static Process process(Family family) {
        int n = family.noise().length;
        List<Symbol> states =
                IntStream.range(0, n).mapToObj(i -> Expr.symbol("x_" + (i + 1))).toList();
        List<Expr> drift = IntStream.range(0, n)
                .mapToObj(i -> Expr.sum(IntStream.range(0, n)
                        .mapToObj(j -> Expr.of(family.a()[i][j]).times(states.get(j)))
                        .toList()))
                .toList();
        List<String> noises =
                IntStream.range(0, n).mapToObj(i -> "w_" + (i + 1)).toList();
        List<List<Expr>> diffusion = IntStream.range(0, n)
                .mapToObj(i -> IntStream.range(0, n)
                        .mapToObj(j -> i == j ? Expr.of(family.noise()[i]) : Expr.ZERO)
                        .toList())
                .toList();
        return Process.of(family.name(), T, 1e-5, 1, states, noises, drift, diffusion);
    }

    /** Returns exp(L t) applied to the column (1, 1 for Φ, 0 for Σ). */
    private static BigDecimal[][] exact(Family family, double t) {
        int n = family.noise().length;
        int size = 1 + 2 * n * n;
        BigDecimal[][] l = zeros(size, size);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int phi = 1 + i * n + j;
                int sigma = 1 + n * n + i * n + j;
                if (i == j) {
                    BigDecimal b = number(family.noise()[i]);
                    l[sigma][0] = b.multiply(b);
                }
                for (int k = 0; k < n; k++) {
                    BigDecimal a = number(family.a()[i][k]);
                    l[phi][1 + k * n + j] = l[phi][1 + k * n + j].add(a);
                    l[sigma][1 + n * n + k * n + j] = l[sigma][1 + n * n + k * n + j].add(a);
                    BigDecimal other = number(family.a()[j][k]);
                    l[sigma][1 + n * n + i * n + k] = l[sigma][1 + n * n + i * n + k].add(other);
                }
            }
        }
        BigDecimal[][] start = zeros(size, 1);
        start[0][0] = BigDecimal.ONE;
        for (int i = 0; i < n; i++) {
            start[1 + i * n + i][0] = BigDecimal.ONE;
        }
        return times(exponential(l, number(t)), start);
    }

    /** Returns the number as written, which is the value in the process. */
    private static BigDecimal number(double value) {
        return BigDecimal.valueOf(value);
    }

    private static BigDecimal[][] exponential(BigDecimal[][] l, BigDecimal t) {
        int halvings = 14;
        BigDecimal step = t.divide(BigDecimal.TWO.pow(halvings), DIGITS);
        int size = l.length;
        BigDecimal[][] scaled = zeros(size, size);
        BigDecimal[][] term = zeros(size, size);
        for (int i = 0; i < size; i++) {
            term[i][i] = BigDecimal.ONE;
            for (int j = 0; j < size; j++) {
                scaled[i][j] = l[i][j].multiply(step, DIGITS);
            }
        }
        List<BigDecimal[][]> terms = new ArrayList<>();
        terms.add(term);
        for (int k = 1; k <= 24; k++) {
            term = times(term, scaled);
            for (BigDecimal[] row : term) {
                for (int j = 0; j < size; j++) {
                    row[j] = row[j].divide(BigDecimal.valueOf(k), DIGITS);
                }
            }
            terms.add(term);
        }
        BigDecimal[][] total = zeros(size, size);
        for (BigDecimal[][] each : terms) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    total[i][j] = total[i][j].add(each[i][j], DIGITS);
                }
            }
        }
        for (int i = 0; i < halvings; i++) {
            total = times(total, total);
        }
        return total;
    }

    private static BigDecimal[][] times(BigDecimal[][] a, BigDecimal[][] b) {
        BigDecimal[][] product = zeros(a.length, b[0].length);
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < b.length; k++) {
                if (a[i][k].signum() != 0) {
                    for (int j = 0; j < b[0].length; j++) {
                        if (b[k][j].signum() != 0) {
                            product[i][j] = product[i][j].add(a[i][k].multiply(b[k][j], DIGITS), DIGITS);
                        }
                    }
                }
            }
        }
        return product;
    }

    private static BigDecimal[][] zeros(int height, int width) {
        BigDecimal[][] matrix = new BigDecimal[height][width];
        for (BigDecimal[] row : matrix) {
            java.util.Arrays.fill(row, BigDecimal.ZERO);
        }
        return matrix;
    }
}
