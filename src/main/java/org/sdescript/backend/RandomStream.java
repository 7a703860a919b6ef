package org.sdescript.backend;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.sdescript.graph.Shape;
import org.sdescript.interrupt.StopRequest;

/**
 * The random numbers of a run. Each draw takes the next index k; a number is a function of only the seed, k, the sample
 * (the position on the first axis) and the position within the sample. So the noise of sample i does not depend on the
 * number of samples, on batches, threads or devices.
 *
 * <p>The counter given to {@link Philox} holds, from the lowest bit: 32 bits of pair within the sample, 32 of draw, 48
 * of sample, 16 more of draw. A stream belongs to one thread.
 */
public final class RandomStream {
    private static final double UNIT = 0x1p-53;
    /** The upper half of the counter used by {@code split}; no draw reaches it. */
    private static final long SPLIT = -1L;

    /** A batch of any size. */
    private static final long ANY = -1;

    private final Philox philox = new Philox();
    private final double[] first = new double[Philox.LANES];
    private final double[] second = new double[Philox.LANES];
    private final long seed;
    private final long firstSample;
    private final long batch;
    private final @Nullable GivenNormals given;
    private long draws;

    public RandomStream(long seed) {
        this(seed, 0, ANY, 0, null);
    }

    private RandomStream(long seed, long firstSample, long batch, long draws, @Nullable GivenNormals given) {
        this.given = given;
        this.seed = seed;
        this.firstSample = firstSample;
        this.batch = batch;
        this.draws = draws;
    }

    /** An independent stream. The stream depends on the seed and the key only, not on earlier draws. */
    public RandomStream split(long key) {
        philox.counter(0, key, SPLIT);
        philox.encrypt(1, seed);
        return new RandomStream(philox.low(0), 0, ANY, 0, null);
    }

    /** The independent stream of a purpose. */
    public RandomStream split(DrawPurpose purpose) {
        return split(purpose.key());
    }

    /**
     * The stream from the present draw on, for a batch whose first sample has index {@code offset}. This stream does
     * not advance.
     */
    public RandomStream forSamples(long offset) {
        return new RandomStream(seed, offset, ANY, draws, given);
    }

    /**
     * The same for a batch of {@code count} samples. Draws of another size, such as noise shared by all samples, are
     * the same in every batch.
     */
    public RandomStream forSamples(long offset, long count) {
        return new RandomStream(seed, offset, count, draws, given);
    }

    /** The stream from the present draw on, with given normal numbers instead of drawn ones. */
    public RandomStream replaying(GivenNormals normals) {
        return new RandomStream(seed, firstSample, batch, draws, normals);
    }

    /** A stream that draws the same numbers as this one from the present draw on. This stream does not advance. */
    public RandomStream copy() {
        return new RandomStream(seed, firstSample, batch, draws, given == null ? null : given.copy());
    }

    /** The seed and the number of the next draw, from which {@link #at} makes an equal stream of all samples. */
    public long[] state() {
        if (given != null || firstSample != 0) {
            throw new IllegalStateException("a stream of given numbers or of some samples");
        }
        return new long[] {seed, draws};
    }

    /** The stream with the seed and the next draw of another one. */
    public static RandomStream at(long seed, long draws) {
        return new RandomStream(seed, 0, ANY, draws, null);
    }

    private long firstOf(int samples) {
        return batch == ANY || samples == batch ? firstSample : 0;
    }

    /** The number of draws so far, each of any shape. */
    public long draws() {
        return draws;
    }

    /** Standard normal numbers. */
    public double[] normal(Shape shape) {
        double[] values = new double[Math.toIntExact(shape.elements())];
        normal(shape, values);
        return values;
    }

    /** Numbers in [0, 1). */
    public double[] uniform(Shape shape) {
        double[] values = new double[Math.toIntExact(shape.elements())];
        uniform(shape, values);
        return values;
    }

    /** Whole numbers in [0, bound), one per sample. */
    public long[] integers(int count, long bound) {
        long[] values = new long[count];
        draw(firstOf(count), count, 1, (from, lanes) -> {
            for (int lane = 0; lane < lanes; lane++) {
                values[from + lane] = Math.unsignedMultiplyHigh(philox.low(lane), bound);
            }
        });
        return values;
    }

    /** The numbers 0 … n−1 in random order (Fisher and Yates, from the inside out). */
    public int[] permutation(int n) {
        int[] order = new int[n];
        draw(0, n, 1, (from, lanes) -> {
            for (int lane = 0; lane < lanes; lane++) {
                int i = from + lane;
                int j = (int) Math.unsignedMultiplyHigh(philox.low(lane), i + 1L);
                order[i] = order[j];
                order[j] = i;
            }
        });
        return order;
    }

    /** Fills the first elements of {@code out} with standard normal numbers. */
    void normal(Shape shape, double[] out) {
        if (given != null) {
            given.next(shape, firstSample, out);
            return;
        }
        fill(shape, out, lanes -> BoxMuller.transform(philox, lanes, first, second));
    }

    /** Fills the first elements of {@code out} with numbers in [0, 1). */
    void uniform(Shape shape, double[] out) {
        fill(shape, out, lanes -> {
            for (int lane = 0; lane < lanes; lane++) {
                first[lane] = (philox.low(lane) >>> 11) * UNIT;
                second[lane] = (philox.high(lane) >>> 11) * UNIT;
            }
        });
    }

    /** Fills {@code out}; the transform makes two numbers per lane, in {@code first} and {@code second}. */
    private void fill(Shape shape, double[] out, IntConsumer transform) {
        int samples = shape.rank() == 0 ? 1 : Math.toIntExact(shape.size(0));
        int length = samples == 0 ? 0 : Math.toIntExact(shape.elements() / samples);
        int pairs = (length + 1) / 2;
        draw(firstOf(samples), samples, pairs, (from, lanes) -> {
            transform.accept(lanes);
            int pair = from % pairs;
            int at = from / pairs * length + 2 * pair;
            for (int lane = 0; lane < lanes; lane++) {
                out[at++] = first[lane];
                pair++;
                if (2 * pair <= length) {
                    out[at++] = second[lane];
                }
                pair = pair == pairs ? 0 : pair;
            }
        });
    }

    /** Consumes the random bits of the first lanes; lane 0 holds number {@code from} of the draw. */
    @FunctionalInterface
    private interface Taker {
        void take(int from, int lanes);
    }

    private void draw(long first, int samples, int pairs, Taker taker) {
        long draw = draws++;
        int total = Math.multiplyExact(samples, pairs);
        for (int from = 0; from < total; from += Philox.LANES) {
            StopRequest.poll();
            int lanes = Math.min(Philox.LANES, total - from);
            long sample = first + from / pairs;
            int pair = from % pairs;
            for (int lane = 0; lane < lanes; lane++) {
                philox.counter(lane, draw << 32 | pair, draw >>> 32 << 48 | sample);
                pair = pair + 1 == pairs ? 0 : pair + 1;
                sample = pair == 0 ? sample + 1 : sample;
            }
            philox.encrypt(lanes, seed);
            taker.take(from, lanes);
        }
    }
}
