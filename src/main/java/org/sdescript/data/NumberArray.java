package org.sdescript.data;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * An array of numbers in row-major order.
 *
 * @param shape the sizes of the axes; empty for a single number
 * @param single true if the numbers are from single precision, so that files can store them in single precision
 */
public record NumberArray(long[] shape, double[] values, boolean single) {
    public NumberArray {
        if (LongStream.of(shape).reduce(1, Math::multiplyExact) != values.length) {
            throw new IllegalArgumentException(values.length + " numbers in shape " + Arrays.toString(shape));
        }
    }

    public static NumberArray of(float[] values, long... shape) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, k -> values[k]);
        return new NumberArray(shape, wide, true);
    }

    public static NumberArray of(double[] values, long... shape) {
        return new NumberArray(shape, values, false);
    }
}
