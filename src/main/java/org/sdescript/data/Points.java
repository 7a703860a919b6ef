package org.sdescript.data;

/**
 * Points of the plane with the component each was drawn from.
 *
 * @param xy row-major {@code [n, 2]}
 * @param labels {@code [n]}, from 0
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
