package org.sdescript.runtime.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The assignment against all permutations, the order of numbers, and the dual problem. */
@Tag("numbers")
class AssignmentTest {

    /** A sum of seven costs below 1 errs by less than 7 · 2⁻⁵³; prices of as many sums by a few times more. */
    private static final double ROUNDING = 1e-14;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void no_permutation_costs_less(int n) {
        for (int seed = 0; seed < 30; seed++) {
            double[][] costs = random(n, new Random(100L * n + seed), seed % 3 == 0);

            int[] found = Assignment.of(costs).columns();

            assertThat(found).containsExactlyInAnyOrder(IntStream.range(0, n).toArray());
            assertThat(total(costs, found))
                    .as("seed %d", seed)
                    .isCloseTo(least(costs, 0, new boolean[n]), within(ROUNDING));
        }
    }

    /** For |x − y|² on the line, the sorted orders belong together. */
    @Test
    void numbers_are_coupled_in_their_order() {
        Random random = new Random(1);
        double[] x = random.doubles(60).toArray();
        double[] y = random.doubles(60).toArray();
        double[][] costs = new double[60][60];
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < 60; j++) {
                costs[i][j] = (x[i] - y[j]) * (x[i] - y[j]);
            }
        }

        int[] found = Assignment.of(costs).columns();

        for (int i = 0; i < 60; i++) {
            assertThat(rank(y, found[i])).isEqualTo(rank(x, i));
        }
    }

    /** Prices that no cost falls below, and that the assignment meets, prove that no assignment costs less. */
    @Test
    void the_prices_prove_the_assignment() {
        double[][] costs = random(200, new Random(7), false);

        Assignment found = Assignment.of(costs);

        // a price is a sum of at most 2 · 200 reduced costs below 1, each off by 2⁻⁵² or less
        double rounding = 400 * 200 * 0x1p-52;
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < 200; j++) {
                double reduced = costs[i][j] - found.rowPrices()[i] - found.columnPrices()[j];
                assertThat(reduced).isGreaterThan(-rounding);
                if (found.columns()[i] == j) {
                    assertThat(reduced).isCloseTo(0, within(rounding));
                }
            }
        }
    }

    @Test
    void equal_costs_leave_the_rows_in_their_order() {
        assertThat(Assignment.of(new double[5][5]).columns()).containsExactly(0, 1, 2, 3, 4);
        assertThat(Assignment.of(new double[0][0]).columns()).isEmpty();
    }

    private static double[][] random(int n, Random random, boolean ties) {
        double[][] costs = new double[n][n];
        for (double[] row : costs) {
            Arrays.setAll(row, j -> ties ? random.nextInt(3) : random.nextDouble());
        }
        return costs;
    }

    private static double total(double[][] costs, int[] columns) {
        return IntStream.range(0, columns.length)
                .mapToDouble(i -> costs[i][columns[i]])
                .sum();
    }

    private static double least(double[][] costs, int row, boolean[] taken) {
        if (row == costs.length) {
            return 0;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < costs.length; j++) {
            if (!taken[j]) {
                taken[j] = true;
                least = Math.min(least, costs[row][j] + least(costs, row + 1, taken));
                taken[j] = false;
            }
        }
        return least;
    }

    private static long rank(double[] of, int i) {
        return Arrays.stream(of).filter(each -> each < of[i]).count();
    }
}
