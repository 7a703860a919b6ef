package org.sdescript.backend;

import org.sdescript.graph.Shape;

/**
 * The random numbers of a run. Each draw takes the next index k; a number is a function of the seed, k, the sample (the
 * position on the first axis) and the position within the sample, and of nothing else. So the noise of sample i does
 * not depend on how many samples are drawn or in what batches, nor on threads or devices.
 *
 * <p>The counter given to {@link Philox} holds, from the lowest bit: 32 bits of pair within the sample, 32 of draw, 48 of
 * sample, 16 more of draw. A stream belongs to one thread.
 */
public final class RandomStream {
    private static final double UNIT = 0x1p-53;
    /** The upper half of a counter that no draw reaches. */
    private static final long SPLIT = -1L;

    private final Philox philox = new Philox();
    private final long seed;
    private final long firstSample;
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
        philox.counter(0, key, SPLIT);
        philox.encrypt(1, seed);
        return new RandomStream(philox.low(0), 0, 0);
    }

    /** The stream from here on, for a batch whose first sample is number {@code offset}. This one does not move. */
    public RandomStream forSamples(long offset) {
        return new RandomStream(seed, offset, draws);
    }

    /** How many draws were made, each of any shape. */
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

    /** Whole numbers in [0, bound), one a sample. */
    public long[] integers(int count, long bound) {
        long[] values = new long[count];
        draw(firstSample, count, 1, (lane, i, pair) -> values[i] = Math.unsignedMultiplyHigh(philox.low(lane), bound));
        return values;
    }

    /** The numbers 0 … n−1 in random order (Fisher and Yates, from the inside out). */
    public int[] permutation(int n) {
        int[] order = new int[n];
        draw(0, n, 1, (lane, i, pair) -> {
            int j = (int) Math.unsignedMultiplyHigh(philox.low(lane), i + 1L);
            order[i] = order[j];
            order[j] = i;
        });
        return order;
    }

    /** Fills the first elements of {@code out}. */
    void normal(Shape shape, double[] out) {
        int samples = samples(shape);
        int length = length(shape, samples);
        int pairs = (length + 1) / 2;
        draw(firstSample, samples, pairs, (lane, sample, pair) -> {
            int at = sample * length + 2 * pair;
            boxMuller(philox.low(lane), philox.high(lane), out, at, 2 * pair + 1 < length);
        });
    }

    /** Fills the first elements of {@code out}. */
    void uniform(Shape shape, double[] out) {
        int samples = samples(shape);
        int length = length(shape, samples);
        int pairs = (length + 1) / 2;
        draw(firstSample, samples, pairs, (lane, sample, pair) -> {
            int at = sample * length + 2 * pair;
            out[at] = (philox.low(lane) >>> 11) * UNIT;
            if (2 * pair + 1 < length) {
                out[at + 1] = (philox.high(lane) >>> 11) * UNIT;
            }
        });
    }

    /** Takes the random bits in {@code lane}, which are those of a pair of elements of a sample. */
    @FunctionalInterface
    private interface Taker {
        void take(int lane, int sample, int pair);
    }

    private void draw(long first, int samples, int pairs, Taker taker) {
        long draw = draws++;
        int total = Math.multiplyExact(samples, pairs);
        for (int from = 0; from < total; from += Philox.LANES) {
            int lanes = Math.min(Philox.LANES, total - from);
            int sample = from / pairs;
            int pair = from % pairs;
            for (int lane = 0; lane < lanes; lane++) {
                philox.counter(lane, draw << 32 | pair, draw >>> 32 << 48 | first + sample);
                pair = pair + 1 == pairs ? 0 : pair + 1;
                sample = pair == 0 ? sample + 1 : sample;
            }
            philox.encrypt(lanes, seed);
            sample = from / pairs;
            pair = from % pairs;
            for (int lane = 0; lane < lanes; lane++) {
                taker.take(lane, sample, pair);
                pair = pair + 1 == pairs ? 0 : pair + 1;
                sample = pair == 0 ? sample + 1 : sample;
            }
        }
    }

    /**
     * Two independent standard normal numbers (Box and Muller 1958). {@link StrictMath} gives the same bits on every
     * JVM; the angle is brought within an eighth of a turn, where it is fast, and turned by the quadrant.
     */
    private static void boxMuller(long radiusBits, long angleBits, double[] out, int at, boolean both) {
        double radius = Math.sqrt(-2 * StrictMath.log(((radiusBits >>> 11) + 1) * UNIT));
        double angle = ((angleBits << 2 >>> 11) * UNIT - 0.5) * (Math.PI / 2);
        double c = radius * StrictMath.cos(angle);
        double s = radius * StrictMath.sin(angle);
        int quadrant = (int) (angleBits >>> 62);
        double x = (quadrant & 1) == 0 ? c : s;
        double y = (quadrant & 1) == 0 ? s : c;
        out[at] = quadrant == 1 || quadrant == 2 ? -x : x;
        if (both) {
            out[at + 1] = quadrant >= 2 ? -y : y;
        }
    }

    private static int samples(Shape shape) {
        return shape.rank() == 0 ? 1 : Math.toIntExact(shape.size(0));
    }

    private static int length(Shape shape, int samples) {
        return samples == 0 ? 0 : Math.toIntExact(shape.elements() / samples);
    }
}
