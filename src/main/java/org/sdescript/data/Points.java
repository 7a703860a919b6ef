package org.sdescript.data;

/**
 * Points in the plane with the mixture component of each.
 *
 * @param xy the coordinates, row-major {@code [n, 2]}
 * @param labels the components {@code [n]}, from 0
 */
public record Points(double[] xy, int[] labels) {
    public Points {
        if (xy.length != 2 * labels.length) {
            throw new IllegalArgumentException(xy.length + " coordinates, " + labels.length + " labels");
        }
    }

    public int count() {
        return labels.length;
    }

    public double x(int i) {
        return xy[2 * i];
    }

    public double y(int i) {
        return xy[2 * i + 1];
    }
}
