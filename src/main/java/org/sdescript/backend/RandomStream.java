package org.sdescript.backend;

import org.sdescript.graph.Shape;

/**
 * The random numbers of a run. Each draw takes the next index k; a number is a function of the seed, k, the sample (the
 * position on the first axis) and the position within the sample, and of nothing else. So the noise of sample i does
 * not depend on how many samples are drawn or in what batches, nor on threads or devices.
 *
 * <p>The counter given to {@link Philox} holds, from the lowest bit: 32 bits of pair within the sample, 32 of draw, 48 of
 * sample, 16 more of draw.
 */
public final class RandomStream {
    private static final double UNIT = 0x1p-53;
    private static final long SPLIT = -1L;

    private final long seed;
    private final long firstSample;
    private final long[] words = new long[2];
    private long draws;

    public RandomStream(long seed) {
        this(seed, 0, 0);
    }

    private RandomStream(long seed, long firstSample, long draws) {
        this.seed = seed;
        this.firstSample = firstSample;
        this.draws = draws;
    }

    /** An independent stream; the same one for the same key, whatever has been drawn here. */
    public RandomStream split(long key) {
        Philox.block(key, SPLIT, seed, words);
        return new RandomStream(words[0] ^ words[1], 0, 0);
    }

    /** The stream from here on, for a batch whose first sample is number {@code offset}. This one does not move. */
    public RandomStream forSamples(long offset) {
        return new RandomStream(seed, offset, draws);
    }

    /** How many draws were made, each of any shape. */
    public long draws() {
        return draws;
    }

    public double[] normal(Shape shape) {
        double[] values = new double[Math.toIntExact(shape.elements())];
        normal(shape, values);
        return values;
    }

    public double[] uniform(Shape shape) {
        double[] values = new double[Math.toIntExact(shape.elements())];
        uniform(shape, values);
        return values;
    }

    /** Whole numbers in [0, bound), one a sample. */
    public long[] integers(int count, long bound) {
        long draw = draws++;
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            block(draw, firstSample + i, 0);
            values[i] = Math.unsignedMultiplyHigh(words[0], bound);
        }
        return values;
    }

    /** The numbers 0 … n−1 in random order (Fisher and Yates). */
    public int[] permutation(int n) {
        long draw = draws++;
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            block(draw, i, 0);
            int j = (int) Math.unsignedMultiplyHigh(words[0], i + 1L);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** Fills the first elements of {@code out}. */
    void normal(Shape shape, double[] out) {
        long draw = draws++;
        int samples = samples(shape);
        int length = samples == 0 ? 0 : Math.toIntExact(shape.elements() / samples);
        for (int i = 0; i < samples; i++) {
            for (int j = 0; j < length; j += 2) {
                block(draw, firstSample + i, j >> 1);
                BoxMuller.transform(words[0], words[1], out, i * length + j, j + 1 < length);
            }
        }
    }

    /** Fills the first elements of {@code out}. */
    void uniform(Shape shape, double[] out) {
        long draw = draws++;
        int samples = samples(shape);
        int length = samples == 0 ? 0 : Math.toIntExact(shape.elements() / samples);
        for (int i = 0; i < samples; i++) {
            for (int j = 0; j < length; j++) {
                if ((j & 1) == 0) {
                    block(draw, firstSample + i, j >> 1);
                }
                out[i * length + j] = (words[j & 1] >>> 11) * UNIT;
            }
        }
    }

    private static int samples(Shape shape) {
        return shape.rank() == 0 ? 1 : Math.toIntExact(shape.size(0));
    }

    private void block(long draw, long sample, int pair) {
        Philox.block(draw << 32 | pair, draw >>> 32 << 48 | sample, seed, words);
    }
}
