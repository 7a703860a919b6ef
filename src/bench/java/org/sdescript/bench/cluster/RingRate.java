package org.sdescript.bench.cluster;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.sdescript.exchange.Ring;
import org.sdescript.exchange.RingSeat;

/**
 * {@code mvn -Pbench test -Dbench.main=org.sdescript.bench.cluster.RingRate}: the time of a sum over a ring on loopback, by
 * workers and numbers, beside the closed form.
 */
public final class RingRate {
    private static final byte[] SECRET = {1, 2, 3};
    private static final int ROUNDS = 5;

    private RingRate() {}

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        int cores = Runtime.getRuntime().availableProcessors();
        System.out.printf(
                Locale.ROOT,
                "%8s %12s %14s %10s %14s %8s%n",
                "workers",
                "floats",
                "ms",
                "MB/s",
                "closed form ms",
                "ratio");
        for (int workers : new int[] {2, 4}) {
            for (int floats : new int[] {1, 1_000, 10_000, 100_000, 1_000_000, 10_000_000}) {
                double seconds = seconds(workers, floats);
                double sent = 2.0 * (workers - 1) / workers * floats * Float.BYTES;
                double form = closedForm(workers, floats, cores);
                System.out.printf(
                        Locale.ROOT,
                        "%8d %12d %14.3f %10.0f %14.3f %8.2f%n",
                        workers,
                        floats,
                        1e3 * seconds,
                        sent / seconds / 1e6,
                        1e3 * form,
                        seconds / form);
            }
        }
    }

    /** The closed form on one machine: more workers than cores share the cores. */
    static double closedForm(int workers, long floats, int cores) {
        double share = Math.min(1, (double) cores / workers);
        return ClosedForms.sum(
                workers, floats * Float.BYTES, ClusterConstants.MESSAGE / share, ClusterConstants.LOOPBACK * share);
    }

    /** The median time of a sum, over {@link #ROUNDS} rounds of several sums each. */
    static double seconds(int workers, int floats) throws InterruptedException, ExecutionException {
        List<RingSeat> seats = new ArrayList<>();
        for (int rank = 0; rank < workers; rank++) {
            seats.add(RingSeat.open(InetAddress.getLoopbackAddress(), Duration.ofMinutes(1)));
        }
        List<String> addresses = seats.stream().map(RingSeat::address).toList();
        int times = Math.clamp(4_000_000L / floats, 4, 2000);
        try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
            List<Future<double[]>> all = new ArrayList<>();
            for (int rank = 0; rank < workers; rank++) {
                int own = rank;
                all.add(threads.submit(() -> {
                    try (Ring ring = seats.get(own).join(own, addresses, SECRET)) {
                        return rounds(ring, new float[floats], times);
                    }
                }));
            }
            double[] first = all.getFirst().get();
            for (Future<double[]> each : all) {
                each.get();
            }
            Arrays.sort(first);
            return first[ROUNDS / 2];
        }
    }

    private static double[] rounds(Ring ring, float[] numbers, int times) {
        double[] seconds = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            ring.gather("");
            long start = System.nanoTime();
            for (int i = 0; i < times; i++) {
                ring.sum(numbers);
            }
            if (round >= 0) {
                seconds[round] = (System.nanoTime() - start) / 1e9 / times;
            }
        }
        return seconds;
    }
}
