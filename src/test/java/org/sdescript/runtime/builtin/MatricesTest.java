package org.sdescript.runtime.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Factorizations in double precision, checked against their products. */
class MatricesTest {
    private static final double EPS = 0x1p-52;

    private static double[][] random(int rows, int columns, long seed) {
        Random random = new Random(seed);
        double[][] a = new double[rows][columns];
        for (double[] row : a) {
            java.util.Arrays.setAll(row, i -> random.nextGaussian());
        }
        return a;
    }

    private static double[][] identity(int n) {
        double[][] unit = new double[n][n];
        for (int i = 0; i < n; i++) {
            unit[i][i] = 1;
        }
        return unit;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] c = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < b.length; k++) {
                for (int j = 0; j < b[0].length; j++) {
                    c[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return c;
    }

    /**
     * A X − I| is below n ε κ(A), the bound of Gaussian elimination without growth (Golub and Van Loan 2013, §3.4.6).
     */
    @Test
    void an_inverse_times_its_matrix_is_the_identity() {
        for (int n : new int[] {1, 2, 7, 40}) {
            double[][] a = random(n, n, n);
            SquareMatrix matrix = new SquareMatrix(a);
            double bound = 10 * n * EPS * matrix.condition();
            double[][] unit = product(a, matrix.solve(identity(n)));
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    assertThat(unit[i][j]).isCloseTo(i == j ? 1 : 0, within(bound));
                }
            }
        }
    }

    @Test
    void determinants_are_those_of_known_matrices() {
        assertThat(new SquareMatrix(new double[][] {{0, 1}, {1, 0}}).determinant())
                .isEqualTo(-1);
        assertThat(new SquareMatrix(new double[][] {{2, 1, 0}, {1, 3, 1}, {0, 1, 4}}).determinant())
                .isCloseTo(18, within(18 * 4 * EPS));
        assertThat(new SquareMatrix(new double[][] {{1, 2}, {2, 4}}).determinant())
                .isZero();
        assertThat(new SquareMatrix(new double[][] {{1e-200, 0}, {0, 1e200}}).determinant())
                .isCloseTo(1, within(4 * EPS));
        assertThat(new SquareMatrix(new double[][] {{1e200, 0}, {0, 1e200}}).determinant())
                .isInfinite();
    }

    /** Units of the rows and columns do not make a matrix singular; dependent rows do. */
    @Test
    void a_matrix_is_singular_whatever_its_units() {
        SquareMatrix diagonal = new SquareMatrix(new double[][] {{1e-200, 0}, {3e-200, 1e100}});
        assertThat(diagonal.isSingular(diagonal.condition())).isFalse();
        assertThat(diagonal.solve(new double[][] {{1e-200}, {0}})[0][0]).isCloseTo(1, within(4 * EPS));
        for (double unit : new double[] {1, 1e-150, 1e150}) {
            SquareMatrix dependent =
                    new SquareMatrix(new double[][] {{1 * unit, 2 * unit, 3 * unit}, {4, 5, 6}, {7, 8, 9}});
            assertThat(dependent.isSingular(dependent.condition())).isTrue();
        }
    }

    @Test
    void singular_values_and_vectors_give_the_matrix_back() {
        for (int n : new int[] {1, 3, 20}) {
            double[][] columns = random(n, n + 4, n);
            check(columns);
        }
    }

    @Test
    void a_matrix_without_full_rank_has_orthogonal_singular_vectors_too() {
        double[][] columns = random(4, 6, 9);
        columns[2] = columns[0].clone();
        columns[3] = new double[6];
        check(columns);
        check(new double[3][5]);
    }

    /**
     * Jacobi's method is backward stable: each entry has an error of a modest multiple of ε times the largest
     * singular value.
     */
    private static void check(double[][] columns) {
        int n = columns.length;
        int m = columns[0].length;
        SingularValues svd = SingularValues.of(columns);
        double bound = 20 * m * EPS * Math.max(1, svd.values()[0]);
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < m; i++) {
                double entry = 0;
                for (int k = 0; k < n; k++) {
                    entry += svd.left()[k][i] * svd.values()[k] * svd.right()[k][j];
                }
                assertThat(entry).isCloseTo(columns[j][i], within(bound));
            }
            for (int k = 0; k < n; k++) {
                double left = 0;
                double right = 0;
                for (int i = 0; i < m; i++) {
                    left += svd.left()[j][i] * svd.left()[k][i];
                }
                for (int i = 0; i < n; i++) {
                    right += svd.right()[j][i] * svd.right()[k][i];
                }
                assertThat(left).isCloseTo(j == k ? 1 : 0, within(20 * m * EPS));
                assertThat(right).isCloseTo(j == k ? 1 : 0, within(20 * m * EPS));
            }
            assertThat(svd.values()[j]).isLessThanOrEqualTo(j == 0 ? Double.MAX_VALUE : svd.values()[j - 1]);
        }
    }
}
