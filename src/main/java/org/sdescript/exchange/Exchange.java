package org.sdescript.exchange;

import java.util.List;

/**
 * Sums over the workers of one training. All workers make the same calls in the same order; each call waits for the
 * others. A failure of any worker ends the exchange of all: the call throws an error that names the worker that was
 * lost first, and so does each later call.
 */
public interface Exchange extends AutoCloseable {
    /** The number of this worker, from 0. */
    int rank();

    /** The number of workers. */
    int world();

    /**
     * Replaces each number by its sum over all workers. The order of the summands depends only on the size of the buffer
     * and on the position in it, so all workers get the same bits, in every run.
     *
     * @param buffer as long in every worker
     */
    void sum(double[] buffer);

    /** The same in single precision: each addition is rounded to it. */
    void sum(float[] buffer);

    /** Returns the texts of all workers, each at most {@link Ring#LONGEST_TEXT} bytes long, in the order of their ranks. */
    List<String> gather(String text);

    /**
     * Ends the exchange of all workers with an error that names this worker. May be called by any thread.
     *
     * @param why the reason, in words that complete "the worker ended the training: …"
     */
    void abort(String why);

    /** Returns what this worker has sent so far. */
    Traffic traffic();

    /** Ends this worker's part. The others must not need it any more. */
    @Override
    void close();
}
