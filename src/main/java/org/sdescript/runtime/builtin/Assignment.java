package org.sdescript.runtime.builtin;

import java.util.Arrays;
import org.sdescript.interrupt.StopRequest;

/**
 * The permutation of least total cost, by shortest augmenting paths (Jonker &amp; Volgenant 1987; Crouse 2016): O(n³).
 * Rows are assigned one after the other, so equal costs always give equal results.
 *
 * @param columns the column of each row
 * @param rowPrices u, the dual variable of each row
 * @param columnPrices v, the dual variable of each column; cᵢⱼ − uᵢ − vⱼ is at least 0, and 0 on the assignment
 */
record Assignment(int[] columns, double[] rowPrices, double[] columnPrices) {
    private static final int NONE = -1;

    /** @param costs a square matrix of finite numbers */
    static Assignment of(double[][] costs) {
        int n = costs.length;
        int[] columnOf = new int[n];
        int[] rowOf = new int[n];
        Arrays.fill(columnOf, NONE);
        Arrays.fill(rowOf, NONE);
        double[] u = new double[n];
        double[] v = new double[n];
        for (int row = 0; row < n; row++) {
            StopRequest.poll();
            augment(costs, row, columnOf, rowOf, u, v);
        }
        return new Assignment(columnOf, u, v);
    }

    /** Assigns a free row along the shortest path of reduced costs to a free column (Dijkstra), and moves the prices. */
    private static void augment(double[][] costs, int free, int[] columnOf, int[] rowOf, double[] u, double[] v) {
        int n = costs.length;
        double[] distance = new double[n];
        int[] from = new int[n];
        boolean[] isDone = new boolean[n];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        int row = free;
        int sink = NONE;
        double shortest = 0;
        while (sink == NONE) {
            int nearest = NONE;
            for (int j = 0; j < n; j++) {
                if (!isDone[j]) {
                    double through = shortest + (costs[row][j] - u[row] - v[j]);
                    if (through < distance[j]) {
                        distance[j] = through;
                        from[j] = row;
                    }
                    if (nearest == NONE
                            || distance[j] < distance[nearest]
                            || distance[j] == distance[nearest] && rowOf[j] == NONE && rowOf[nearest] != NONE) {
                        nearest = j;
                    }
                }
            }
            shortest = distance[nearest];
            isDone[nearest] = true;
            row = rowOf[nearest];
            sink = row == NONE ? nearest : NONE;
        }
        for (int j = 0; j < n; j++) {
            if (isDone[j] && j != sink) {
                u[rowOf[j]] += shortest - distance[j];
                v[j] -= shortest - distance[j];
            }
        }
        u[free] += shortest;
        for (int j = sink; j != NONE; ) {
            int its = from[j];
            int before = columnOf[its];
            columnOf[its] = j;
            rowOf[j] = its;
            j = its == free ? NONE : before;
        }
    }
}
