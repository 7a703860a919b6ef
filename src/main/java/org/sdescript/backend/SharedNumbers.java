package org.sdescript.backend;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.sdescript.exchange.Exchange;
import org.sdescript.graph.DType;

/**
 * A vector in the precision of a training, and a few numbers in double precision, that are summed over the machines of a
 * training. In double precision all travel in one buffer; a loss is not rounded to single precision, so there it takes a
 * buffer of its own.
 */
final class SharedNumbers {
    private final Exchange exchange;
    private final int count;
    private final double[] doubles;
    private final float[] floats;

    /**
     * @param count the length of the vector
     * @param more the count of further numbers
     */
    SharedNumbers(Exchange exchange, DType dtype, long count, int more) {
        boolean isDouble = dtype == DType.FLOAT64;
        this.exchange = exchange;
        this.count = Math.toIntExact(count);
        this.doubles = new double[isDouble ? this.count + more : more];
        this.floats = new float[isDouble ? 0 : this.count];
    }

    private boolean isDouble() {
        return floats.length < count;
    }

    /** Copies numbers from memory, in the machine's byte order, to the vector from {@code at} on. */
    void put(int at, int length, ByteBuffer numbers) {
        if (isDouble()) {
            numbers.asDoubleBuffer().get(doubles, at, length);
        } else {
            numbers.asFloatBuffer().get(floats, at, length);
        }
    }

    /** Copies numbers of the vector to memory. */
    void copyTo(ByteBuffer target) {
        if (isDouble()) {
            target.asDoubleBuffer().put(doubles, 0, count);
        } else {
            target.asFloatBuffer().put(floats, 0, count);
        }
    }

    /** Returns a part of the vector as a new tensor. */
    Tensor tensor(Backend backend, int at, Tensor like) {
        int length = Math.toIntExact(like.shape().elements());
        return isDouble()
                ? backend.tensor(DType.FLOAT64, like.shape(), Arrays.copyOfRange(doubles, at, at + length))
                : backend.tensor(like.shape(), Arrays.copyOfRange(floats, at, at + length));
    }

    void more(int index, double number) {
        doubles[doubles.length - 1 - index] = number;
    }

    double more(int index) {
        return doubles[doubles.length - 1 - index];
    }

    /** Multiplies everything by a number. */
    void scale(double factor) {
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] *= factor;
        }
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) (factor * floats[i]);
        }
    }

    /** Replaces everything by its sum over all machines. */
    void sum() {
        exchange.sum(doubles);
        if (!isDouble()) {
            exchange.sum(floats);
        }
    }
}
