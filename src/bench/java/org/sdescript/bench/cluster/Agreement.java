package org.sdescript.bench.cluster;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;

/**
 * {@code mvn -Pbench test -Dbench.main=org.sdescript.bench.cluster.Agreement}: compares the simulation with the closed
 * forms and with rings of 2 and 4 workers on loopback, and ends with status 1 if they disagree.
 */
public final class Agreement {
    /**
     * The ring on loopback is one of threads, on a machine that may do other work: with three programs for each core, a
     * sum has a third of the speed that the constants were measured with, or the reverse.
     */
    private static final double MEASURED = 3;

    private boolean agrees = true;

    private Agreement() {}

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        Agreement agreement = new Agreement();
        agreement.equalWorkers();
        agreement.unequalWorkers();
        agreement.maps();
        agreement.loopback();
        if (!agreement.agrees) {
            System.exit(1);
        }
    }

    private void require(String what, double low, double value, double high) {
        boolean isWithin = low <= value && value <= high;
        agrees &= isWithin;
        System.out.printf(
                Locale.ROOT, "%-58s %10.4g in [%.4g, %.4g] %s%n", what, value, low, high, isWithin ? "" : "DISAGREES");
    }

    /** Workers that begin together: the sizes of chunks differ by one number, so times by that of 2(n − 1) numbers. */
    private void equalWorkers() {
        for (int workers : new int[] {2, 4, 64, 1024}) {
            for (long numbers : new long[] {1_000, 100_003, 10_000_019}) {
                double[] ready = new double[workers];
                new RingEvents(workers, 50e-6, 1.25e9).sum(ready, numbers, Float.BYTES);
                double form = ClosedForms.sum(workers, numbers * Float.BYTES, 50e-6, 1.25e9);
                double rounding = 2 * (workers - 1) * Float.BYTES / 1.25e9 + 1e-12;
                require(
                        workers + " workers, " + numbers + " floats, begin together",
                        form - rounding,
                        Arrays.stream(ready).max().orElseThrow(),
                        form + rounding);
            }
        }
    }

    /**
     * Workers that begin at random times, as after steps of unequal length. The last one has all its passes before it, and
     * the time of a pass is at least that of sending; and no pass takes longer than one of workers that begin with the
     * last one. So the mean time lies between these two, but for three standard errors of the mean.
     */
    private void unequalWorkers() {
        double sigma = 0.3;
        for (int workers : new int[] {2, 8, 128}) {
            long numbers = 1_000_000;
            int rounds = 400;
            RingEvents.Training training = new RingEvents.Training(numbers, 0.01, sigma, 0);
            double step = new RingEvents(workers, 50e-6, 1.25e9).step(training, 1, rounds, new Random(workers));
            double latest = 0.01 * ClosedForms.largest(workers, sigma);
            double loss = ClosedForms.sum(workers, 2 * Double.BYTES, 50e-6, 1.25e9);
            double form = latest + loss + ClosedForms.sum(workers, numbers * Float.BYTES, 50e-6, 1.25e9);
            double messages = 3 * (workers - 1) * 50e-6;
            // a step varies by less than two factors of e^σ, also where the next step begins before the last one ended
            double error = 3 * 0.01 * (Math.exp(2 * sigma) - 1) / Math.sqrt(rounds);
            require(workers + " workers, steps of σ = 0.3", form - messages - error, step, form + error);
        }
    }

    /** Equal units: the first tasks start one after the other, and the last result travels alone. */
    private void maps() {
        for (int slots : new int[] {8, 512}) {
            for (double bytes : new double[] {1e4, 1e8}) {
                MapEvents.Map map = new MapEvents.Map(10_000, 1, 0, 2e-3, bytes, 1.25e9);
                double form = ClosedForms.map(map, slots);
                double rounds = Math.ceil((double) map.units() / slots);
                double starts = (slots + rounds) * map.dispatch() + map.seconds() + slots * bytes / map.rate();
                require(
                        slots + " slots, 10,000 units of " + (long) bytes + " bytes",
                        form,
                        MapEvents.seconds(map, slots, new Random(1)),
                        form + starts);
            }
        }
    }

    private void loopback() throws InterruptedException, ExecutionException {
        int cores = Runtime.getRuntime().availableProcessors();
        for (int workers : new int[] {2, 4}) {
            for (int floats : new int[] {100_000, 1_000_000, 10_000_000}) {
                double form = RingRate.closedForm(workers, floats, cores);
                require(
                        workers + " workers on loopback, " + floats + " floats",
                        form / MEASURED,
                        RingRate.seconds(workers, floats),
                        form * MEASURED);
            }
        }
    }
}
