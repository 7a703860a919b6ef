package org.sdescript.data;

/**
 * The affine map that gives each column mean 0 and standard deviation 1, and its inverse.
 *
 * @param scale the (population) standard deviation; 0 for a constant column, which stays that constant whatever is undone
 */
public record Standardisation(double[] mean, double[] scale) {

    public static Standardisation of(Table table) {
        return of(table.cells(), table.width());
    }

    /** @param cells row-major rows of {@code width} finite numbers */
    public static Standardisation of(double[] cells, int width) {
        double[] mean = new double[width];
        double[] scale = new double[width];
        for (int column = 0; column < width; column++) {
            mean[column] = mean(cells, width, column);
            scale[column] = deviation(cells, width, column, mean[column]);
        }
        return new Standardisation(mean, scale);
    }

    public double[] apply(double[] cells) {
        double[] standard = new double[cells.length];
        for (int k = 0; k < cells.length; k++) {
            int column = k % mean.length;
            double difference = cells[k] - mean[column];
            standard[k] = scale[column] == 0 ? difference : difference / scale[column];
        }
        return standard;
    }

    /** The inverse of {@link #apply}, up to the rounding of one product and one sum. */
    public double[] undo(double[] standard) {
        double[] cells = new double[standard.length];
        for (int k = 0; k < standard.length; k++) {
            int column = k % mean.length;
            cells[k] = Math.fma(standard[k], scale[column], mean[column]);
        }
        return cells;
    }

    /** Differences from the first value are summed, so a constant column has exactly its value as mean. */
    private static double mean(double[] cells, int width, int column) {
        double sum = 0;
        for (int k = column; k < cells.length; k += width) {
            sum += cells[k] - cells[column];
        }
        int rows = cells.length / width;
        return rows == 0 ? 0 : cells[column] + sum / rows;
    }

    private static double deviation(double[] cells, int width, int column, double mean) {
        double sum = 0;
        for (int k = column; k < cells.length; k += width) {
            double difference = cells[k] - mean;
            sum += difference * difference;
        }
        return sum == 0 ? 0 : Math.sqrt(sum / (cells.length / width));
    }
}
