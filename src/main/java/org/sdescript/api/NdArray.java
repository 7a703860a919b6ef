package org.sdescript.api;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sdescript.graph.DType;

/**
 * The numbers of a tensor, the last axis fastest, copied from native memory. Immutable, and valid after its run is
 * closed.
 *
 * <pre>{@code
 * NdArray points = NdArray.of(new double[][] {{0, 1}, {2, 3}, {4, 5}}); // of shape [3, 2]
 * try (SdeRun run = Sde.of("fn centre(x) = mean(x, axis = 0)").run()) {
 *     double[] centre = run.call("centre", double[].class, points);     // 2.0, 3.0
 * }
 * }</pre>
 */
public final class NdArray {
    private final int[] shape;
    private final double[] values;

    /** Null for numbers that take the precision of the run that they are passed to. */
    private final @Nullable DType dtype;

    private NdArray(int[] shape, double[] values, @Nullable DType dtype) {
        this.shape = shape;
        this.values = values;
        this.dtype = dtype;
    }

    /**
     * @param values as many numbers as the product of the shape, the last axis fastest
     * @param shape the size of each axis; none for a single number
     */
    public static NdArray of(double[] values, int... shape) {
        return of(values.clone(), null, shape.clone());
    }

    /** Takes ownership of the arrays. */
    static NdArray of(double[] values, @Nullable DType dtype, int[] shape) {
        if (elements(shape) != values.length || Arrays.stream(shape).anyMatch(size -> size < 0)) {
            throw new IllegalArgumentException(
                    values.length + " numbers do not fill the shape " + Arrays.toString(shape));
        }
        return new NdArray(shape, values, dtype);
    }

    private static long elements(int[] shape) {
        long elements = 1;
        for (int size : shape) {
            elements *= size;
        }
        return elements;
    }

    /** Makes one row of each array, all of one length: the shape is [rows, length]. */
    public static NdArray of(double[][] rows) {
        return NestedArrays.read(rows);
    }

    /** Returns the size of each axis; empty for a single number. */
    public int[] shape() {
        return shape.clone();
    }

    int rank() {
        return shape.length;
    }

    @Nullable
    DType dtype() {
        return dtype;
    }

    /** Returns the elements without copying. */
    double[] values() {
        return values;
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

    /** Returns the only element; throws {@link IllegalStateException} if the array has more or fewer elements. */
    public double asNumber() {
        if (values.length != 1) {
            throw new IllegalStateException(this + " is not one number");
        }
        return values[0];
    }

    /**
     * Converts to an array of Java with as many dimensions as the tensor has axes, or to a number if the tensor has one
     * element: {@code double[][].class}, {@code int[].class}, {@code double.class}.
     *
     * @throws SdeException if the shape is another, or if the type holds whole numbers and an element is none
     */
    public <T> T as(Class<T> type) {
        return TypedResult.of(this, type, "the array");
    }

    /** The element at a position, one index per axis. */
    public double at(int... position) {
        if (position.length != shape.length) {
            throw new IllegalArgumentException(
                    position.length + " indices into an array with the shape " + Arrays.toString(shape));
        }
        int offset = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            offset = offset * shape[axis] + Objects.checkIndex(position[axis], shape[axis]);
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

    /** True if shape and numbers are equal. */
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
