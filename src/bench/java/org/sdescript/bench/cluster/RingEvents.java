package org.sdescript.bench.cluster;

import java.util.Arrays;
import java.util.Random;

/**
 * Simulates a sum over a ring message by message. In each pass a worker sends a chunk to the next worker and receives one
 * from the previous worker; its next pass begins once both are done.
 */
final class RingEvents {
    private final int workers;
    private final double latency;
    private final double rate;

    RingEvents(int workers, double latency, double rate) {
        this.workers = workers;
        this.latency = latency;
        this.rate = rate;
    }

    /** Moves the times at which the workers are ready from before the sum of a buffer to after it. */
    void sum(double[] ready, long numbers, int width) {
        if (workers == 1) {
            return;
        }
        boolean isSmall = numbers * width <= ClosedForms.SMALL;
        int passes = isSmall ? workers - 1 : 2 * (workers - 1);
        double[] sent = new double[workers];
        for (int pass = 0; pass < passes; pass++) {
            for (int rank = 0; rank < workers; rank++) {
                long size = isSmall ? numbers : chunk(rank - pass + (pass < workers - 1 ? 0 : workers), numbers);
                sent[rank] = ready[rank] + size * width / rate;
            }
            for (int rank = 0; rank < workers; rank++) {
                ready[rank] = Math.max(sent[rank], sent[rank == 0 ? workers - 1 : rank - 1] + latency);
            }
        }
    }

    /** The numbers in a chunk; their counts differ by at most 1 (Ring.start). */
    private long chunk(int wanted, long numbers) {
        long chunk = Math.floorMod(wanted, workers);
        return (chunk + 1) * numbers / workers - chunk * numbers / workers;
    }

    /**
     * The mean time of a training step.
     *
     * @param training the work of a step
     * @param average the steps between two exchanges
     * @param rounds the exchanges that are simulated
     */
    double step(Training training, int average, int rounds, Random random) {
        double[] ready = new double[workers];
        double mu = -training.sigma() * training.sigma() / 2;
        for (int round = 0; round < rounds; round++) {
            for (int rank = 0; rank < workers; rank++) {
                for (int step = 0; step < average; step++) {
                    double factor = Math.exp(mu + training.sigma() * random.nextGaussian());
                    ready[rank] += training.compute() * factor;
                }
                ready[rank] += training.copies(average) * training.copy();
            }
            sum(ready, 2L * average, Double.BYTES);
            sum(ready, training.numbers(average), Float.BYTES);
        }
        return Arrays.stream(ready).max().orElseThrow() / rounds / average;
    }

    /**
     * A step of a training.
     *
     * @param parameters the parameters of the network
     * @param compute the mean seconds of a step without exchange
     * @param sigma the standard deviation of the logarithm of these seconds
     * @param copy the seconds to copy a number from the tensor library and back
     */
    record Training(long parameters, double compute, double sigma, double copy) {
        /** The vectors that a mean of the state has: parameters, two moments and the average of the parameters. */
        private static final int STATE = 4;

        /** The numbers of an exchange: the gradient, or the whole state if workers train by themselves in between. */
        long numbers(int average) {
            return average == 1 ? parameters : STATE * parameters;
        }

        private double copies(int average) {
            return numbers(average);
        }
    }
}
