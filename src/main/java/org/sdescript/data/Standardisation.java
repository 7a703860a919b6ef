package org.sdescript.data;

import org.sdescript.data.csv.Table;
import org.sdescript.interrupt.StopRequest;

/**
 * The affine map of each column to mean 0 and standard deviation 1, and its inverse.
 *
 * @param scale the (population) standard deviation; 0 for a constant column, whose inverse is always the constant
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
            StopRequest.poll();
            int exponent = exponent(cells, width, column);
            mean[column] = mean(cells, width, column, exponent);
            scale[column] = deviation(cells, width, column, exponent, mean[column]);
        }
        return new Standardisation(mean, scale);
    }

    /**
     * Returns the binary exponent of the largest number in a column. Moments are computed of the column divided by
     * this power of 2, which is exact: squares of numbers near 1e-300 would underflow, and sums near the largest
     * double overflow.
     */
    private static int exponent(double[] cells, int width, int column) {
        double largest = 0;
        for (int k = column; k < cells.length; k += width) {
            largest = Math.max(largest, Math.abs(cells[k]));
        }
        return largest == 0 ? 0 : Math.getExponent(largest) + 2;
    }

    /** Divides by 2^exponent, in two steps, for the exponents of subnormal numbers. */
    private static double unit(double cell, int exponent) {
        return Math.scalb(Math.scalb(cell, -exponent / 2), -exponent + exponent / 2);
    }

    public double[] apply(double[] cells) {
        double[] standard = new double[cells.length];
        for (int k = 0; k < cells.length; k++) {
            int column = k % mean.length;
            standard[k] = standard(cells[k], mean[column], scale[column]);
        }
        return standard;
    }

    /** Avoids overflow of the difference by dividing both terms first. */
    private static double standard(double cell, double mean, double scale) {
        double difference = cell - mean;
        if (scale == 0) {
            return difference;
        }
        return Double.isInfinite(difference) ? cell / scale - mean / scale : difference / scale;
    }

    /** The inverse of {@link #apply}, up to the rounding of one fused multiply-add. */
    public double[] undo(double[] standard) {
        double[] cells = new double[standard.length];
        for (int k = 0; k < standard.length; k++) {
            int column = k % mean.length;
            cells[k] = Math.fma(standard[k], scale[column], mean[column]);
        }
        return cells;
    }

    /** Sums differences from the first value, so that the mean of a constant column is exactly its value. */
    private static double mean(double[] cells, int width, int column, int exponent) {
        int rows = cells.length / width;
        if (rows == 0) {
            return 0;
        }
        double first = unit(cells[column], exponent);
        double sum = 0;
        for (int k = column; k < cells.length; k += width) {
            sum += unit(cells[k], exponent) - first;
        }
        return sum == 0 ? cells[column] : unit(first + sum / rows, -exponent);
    }

    private static double deviation(double[] cells, int width, int column, int exponent, double mean) {
        double sum = 0;
        for (int k = column; k < cells.length; k += width) {
            double difference = unit(cells[k], exponent) - unit(mean, exponent);
            sum += difference * difference;
        }
        return sum == 0 ? 0 : unit(Math.sqrt(sum / (cells.length / width)), -exponent);
    }
}
