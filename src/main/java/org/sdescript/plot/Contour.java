package org.sdescript.plot;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.interrupt.StopRequest;

/**
 * A piece of a contour line of heights on a lattice (marching squares, Lorensen and Cline 1987).
 *
 * @param level the index of the level, from 0
 */
record Contour(int level, double[] x, double[] y) {

    /**
     * @param heights row-major, with a row for each y in ascending order
     * @return the crossings of each cell, as pieces of two points
     */
    static List<Contour> of(double[] heights, double[] x, double[] y, double[] levels) {
        List<Contour> pieces = new ArrayList<>();
        for (int level = 0; level < levels.length; level++) {
            for (int i = 0; i + 1 < y.length; i++) {
                StopRequest.poll();
                for (int j = 0; j + 1 < x.length; j++) {
                    cell(heights, x, y, i, j, levels[level], level, pieces);
                }
            }
        }
        return pieces;
    }

    /**
     * Adds the pieces of one cell. Crossings are found side by side; of four crossings, the first two form a piece
     * and the last two another.
     */
    private static void cell(
            double[] heights, double[] x, double[] y, int i, int j, double at, int level, List<Contour> pieces) {
        int[] rows = {i, i, i + 1, i + 1, i};
        int[] columns = {j, j + 1, j + 1, j, j};
        List<double[]> crossings = new ArrayList<>();
        for (int side = 0; side < 4; side++) {
            double from = heights[rows[side] * x.length + columns[side]] - at;
            double to = heights[rows[side + 1] * x.length + columns[side + 1]] - at;
            if (from < 0 != to < 0 && Double.isFinite(from) && Double.isFinite(to)) {
                double part = from / (from - to);
                crossings.add(new double[] {
                    between(x[columns[side]], x[columns[side + 1]], part),
                    between(y[rows[side]], y[rows[side + 1]], part)
                });
            }
        }
        for (int k = 0; k + 1 < crossings.size(); k += 2) {
            double[] from = crossings.get(k);
            double[] to = crossings.get(k + 1);
            pieces.add(new Contour(level, new double[] {from[0], to[0]}, new double[] {from[1], to[1]}));
        }
    }

    private static double between(double a, double b, double part) {
        return a + part * (b - a);
    }
}
