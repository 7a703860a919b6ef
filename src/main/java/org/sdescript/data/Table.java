package org.sdescript.data;

import java.util.Arrays;
import java.util.List;

/**
 * Named columns of numbers, row by row.
 *
 * @param origin where the rows come from: a file's name, or what made them
 * @param columns one name each, in order
 * @param named whether the names stood in the file (and are written back) or are ours
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

    /** The same columns over other rows, as when samples take the place of the data. */
    public Table with(double[] newCells) {
        return new Table(origin, columns, named, newCells);
    }

    /** For each column whether it holds whole numbers only, so that generated rows may be rounded likewise. */
    public boolean[] wholeColumns() {
        boolean[] whole = new boolean[width()];
        Arrays.fill(whole, true);
        for (int k = 0; k < cells.length; k++) {
            whole[k % width()] &= cells[k] == Math.rint(cells[k]);
        }
        return whole;
    }

    /** Rounds the chosen columns; those of {@link #wholeColumns} of the original data, usually. */
    public Table rounded(boolean[] chosen) {
        double[] rounded = cells.clone();
        for (int k = 0; k < rounded.length; k++) {
            if (chosen[k % width()]) {
                rounded[k] = Math.rint(rounded[k]) + 0.0; // no negative zeros
            }
        }
        return with(rounded);
    }
}
