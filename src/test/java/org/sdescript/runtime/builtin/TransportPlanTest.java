package org.sdescript.runtime.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The entropic plan: its sums, its form, its closed form of two points, and its limits. */
@Tag("numbers")
class TransportPlanTest {

    /** By symmetry π = ½ [[1, e^(−1/reg)], [e^(−1/reg), 1]]/(1 + e^(−1/reg)). */
    @Test
    void the_plan_of_two_points_is_known() {
        double[][] plan = TransportPlan.of(new double[][] {{0, 1}, {1, 0}}, 0.5, 1e-12);

        assertThat(plan[0][0]).isCloseTo(0.440398539, within(5e-10));
        assertThat(plan[0][0]).isCloseTo(0.5 / (1 + Math.exp(-2)), within(1e-12));
        assertThat(plan[0][1]).isCloseTo(plan[1][0], within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {10, 1, 0.1, 0.03})
    void rows_and_columns_have_equal_sums(double reg) {
        int n = 20;
        int m = 30;
        double[][] plan = TransportPlan.of(random(n, m), reg, 1e-12);

        double columns = 0;
        for (int j = 0; j < m; j++) {
            double sum = 0;
            for (double[] row : plan) {
                sum += row[j];
            }
            columns += Math.abs(sum - 1.0 / m);
        }
        // the tolerance, and the rounding of a sum of twenty entries below 1/n
        assertThat(columns).isLessThan(1.1e-12);
        for (double[] row : plan) {
            assertThat(Arrays.stream(row).sum()).isCloseTo(1.0 / n, within(1e-14));
        }
    }

    /** reg (log πᵢⱼ − log πᵢₗ − log πₖⱼ + log πₖₗ) = −(cᵢⱼ − cᵢₗ − cₖⱼ + cₖₗ): only such a plan is optimal. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 0.1})
    void the_plan_is_the_kernel_with_scaled_rows_and_columns(double reg) {
        double[][] costs = random(6, 5);
        double[][] plan = TransportPlan.of(costs, reg, 1e-12);

        for (int i = 1; i < 6; i++) {
            for (int j = 1; j < 5; j++) {
                double logs = Math.log(plan[i][j]) - Math.log(plan[i][0]) - Math.log(plan[0][j]) + Math.log(plan[0][0]);
                double cost = costs[i][j] - costs[i][0] - costs[0][j] + costs[0][0];
                assertThat(reg * logs).isCloseTo(-cost, within(1e-12));
            }
        }
    }

    /** Between the best and any other assignment lies at least 0.05 of cost, so that others have weight e^(−50). */
    @Test
    void little_entropy_leaves_the_assignment() {
        double[][] costs = {{0.1, 0.5, 0.9}, {0.4, 0.2, 0.7}, {0.8, 0.3, 0.35}};
        int[] best = Assignment.of(costs).columns();

        double[][] plan = TransportPlan.of(costs, 1e-3, 1e-12);

        for (int i = 0; i < 3; i++) {
            assertThat(plan[i][best[i]]).isCloseTo(1.0 / 3, within(1e-12));
        }
    }

    /** exp(−c/reg) differs from 1 by less than 1/reg for costs below 1. */
    @Test
    void much_entropy_couples_all_alike() {
        for (double[] row : TransportPlan.of(random(4, 6), 1e6, 1e-12)) {
            for (double entry : row) {
                assertThat(entry).isCloseTo(1.0 / 24, within(4e-6 / 24));
            }
        }
    }

    @Test
    void equal_costs_couple_all_alike() {
        assertThat(TransportPlan.of(new double[2][2], 1, 1e-12)[0][1]).isCloseTo(0.25, within(1e-15));
    }

    private static double[][] random(int n, int m) {
        Random random = new Random(3);
        double[][] costs = new double[n][m];
        for (double[] row : costs) {
            Arrays.setAll(row, j -> random.nextDouble());
        }
        return costs;
    }
}
