package org.sdescript.data.csv;

import java.util.Arrays;
import java.util.List;

/**
 * Named columns of numbers.
 *
 * @param origin the source of the rows: a file name, or a description
 * @param columns one name per column, in order
 * @param named true if the names are from the file and are written back; false for generated names
 * @param cells row-major: row i is {@code cells[i*width] … cells[(i+1)*width - 1]}
 */
public record Table(String origin, List<String> columns, boolean named, double[] cells) {
    public Table {
        columns = List.copyOf(columns);
        if (columns.isEmpty() || cells.length % columns.size() != 0) {
            throw new IllegalArgumentException(cells.length + " cells in " + columns.size() + " columns");
        }
    }

    public int width() {
        return columns.size();
    }

    public int rows() {
        return cells.length / width();
    }

    public double at(int row, int column) {
        return cells[row * width() + column];
    }

    public double[] column(int column) {
        double[] values = new double[rows()];
        Arrays.setAll(values, row -> at(row, column));
        return values;
    }

    /** Returns the same columns with other rows, such as generated samples. */
    public Table with(double[] newCells) {
        return new Table(origin, columns, named, newCells);
    }

    /** Returns for each column true if all its numbers are whole, so that generated rows can be rounded. */
    public boolean[] wholeColumns() {
        boolean[] whole = new boolean[width()];
        Arrays.fill(whole, true);
        for (int k = 0; k < cells.length; k++) {
            whole[k % width()] &= cells[k] == Math.rint(cells[k]);
        }
        return whole;
    }

    /** Rounds the chosen columns, usually {@link #wholeColumns} of the original data. */
    public Table rounded(boolean[] chosen) {
        double[] rounded = cells.clone();
        for (int k = 0; k < rounded.length; k++) {
            if (chosen[k % width()]) {
                rounded[k] = Math.rint(rounded[k]) + 0.0; // turns −0 into 0
            }
        }
        return with(rounded);
    }
}
