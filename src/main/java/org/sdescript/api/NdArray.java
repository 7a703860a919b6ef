package org.sdescript.api;

import java.util.Arrays;

/** The numbers of a tensor, the last axis fastest, copied from native memory. */
public final class NdArray {
    private final int[] shape;
    private final double[] values;

    private NdArray(int[] shape, double[] values) {
        this.shape = shape;
        this.values = values;
    }

    /**
     * @param values as many numbers as the product of the shape, the last axis fastest
     * @param shape the size of each axis; none for a single number
     */
    public static NdArray of(double[] values, int... shape) {
        long elements = 1;
        for (int size : shape) {
            elements *= size;
        }
        if (elements != values.length || Arrays.stream(shape).anyMatch(size -> size < 0)) {
            throw new IllegalArgumentException(
                    values.length + " numbers do not fill the shape " + Arrays.toString(shape));
        }
        return new NdArray(shape.clone(), values.clone());
    }

    /** Makes one row of each array, all of one length: the shape is [rows, length]. */
    public static NdArray of(double[][] rows) {
        int length = rows.length == 0 ? 0 : rows[0].length;
        double[] values = new double[rows.length * length];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != length) {
                throw new IllegalArgumentException(
                        "row " + i + " has " + rows[i].length + " numbers, and the first one " + length);
            }
            System.arraycopy(rows[i], 0, values, i * length, length);
        }
        return new NdArray(new int[] {rows.length, length}, values);
    }

    public int[] shape() {
        return shape.clone();
    }

    /** All numbers, as many as the product of the shape. */
    public double[] doubles() {
        return values.clone();
    }

    /** All numbers, as many as the product of the shape. */
    public float[] floats() {
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }

    /** The element at a position, one index per axis. */
    public double at(int... position) {
        if (position.length != shape.length) {
            throw new IllegalArgumentException(
                    position.length + " indices into an array with the shape " + Arrays.toString(shape));
        }
        int offset = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            offset = offset * shape[axis] + java.util.Objects.checkIndex(position[axis], shape[axis]);
        }
        return values[offset];
    }

    /** Splits an array with axes [n, …] along the first axis: n arrays, each with all numbers of its part. */
    public double[][] rows() {
        if (shape.length == 0) {
            throw new IllegalStateException("a single number has no rows");
        }
        int length = shape[0] == 0 ? 0 : values.length / shape[0];
        double[][] rows = new double[shape[0]][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(values, i * length, (i + 1) * length));
        return rows;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NdArray its && Arrays.equals(its.shape, shape) && Arrays.equals(its.values, values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(shape) * 31 + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "array of shape " + Arrays.toString(shape);
    }
}
