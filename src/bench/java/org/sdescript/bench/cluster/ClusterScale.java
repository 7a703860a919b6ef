package org.sdescript.bench.cluster;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * {@code mvn -Pbench test -Dbench.main=org.sdescript.bench.cluster.ClusterScale}: the tables of docs/cluster.md on more
 * machines than were measured, by {@link ClusterConstants} and a simulation of each message. Efficiency is the time of a
 * step on one worker without exchange, divided by the time of a step of all workers.
 */
public final class ClusterScale {
    private static final int[] WORKERS = {2, 4, 16, 64, 256, 1024};
    private static final long[] PARAMETERS = {100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000};
    private static final double[] GIGABITS = {1, 10, 100};

    /** Not measured: a message through a switch and two kernels; data centres state 20 to 100 µs. */
    private static final double NETWORK_MESSAGE = 50e-6;

    /** The messages that are simulated for a number of the table; the mean of fewer exchanges suffices for many workers. */
    private static final double MESSAGES = 4e6;

    private static final int AVERAGE = 16;
    private static final double WORTHWHILE = 0.5;

    /** A batch that is divided among the workers is so many times that of a worker in the tables. */
    private static final int BATCH = 32;

    /**
     * A kind of worker.
     *
     * @param cores the multiple of the speed of a core
     */
    private record Machine(String name, double cores) {}

    private static final Machine CORE = new Machine("one core", 1);
    private static final Machine CORES = new Machine("16 cores", 16);

    /** Not measured: 30 TFLOP/s in training, at 60 GFLOP/s a core. */
    private static final Machine ACCELERATOR = new Machine("an accelerator of 500 cores", 500);

    /**
     * A network.
     *
     * @param seconds of a training step for a parameter and a sample, on one core
     * @param samples the samples a worker in the tables, an ordinary number for such networks
     */
    private record Kind(String name, double seconds, int samples) {}

    private static final Kind PERCEPTRON = new Kind("mlp", ClusterConstants.MLP, 1024);
    private static final Kind UNET = new Kind("U-Net", ClusterConstants.UNET, 32);

    private final Random random = new Random(1);

    private ClusterScale() {}

    public static void main(String[] arguments) {
        new ClusterScale().print();
    }

    private void print() {
        for (Kind kind : List.of(PERCEPTRON, UNET)) {
            for (double gigabits : GIGABITS) {
                efficiencies(CORES, kind, gigabits);
            }
        }
        samples();
        System.out.printf(
                Locale.ROOT,
                "%nthe most workers with an efficiency of %.1f and more%n%-46s %9s%s%n",
                WORTHWHILE,
                "",
                "Gbit/s",
                header());
        for (Machine machine : List.of(CORES, ACCELERATOR)) {
            for (Kind kind : List.of(PERCEPTRON, UNET)) {
                for (double gigabits : GIGABITS) {
                    most(machine, kind, gigabits, 1, false);
                    most(machine, kind, gigabits, AVERAGE, false);
                    most(machine, kind, gigabits, 1, true);
                }
            }
        }
        maps();
    }

    private static String header() {
        StringBuilder header = new StringBuilder();
        for (long parameters : PARAMETERS) {
            header.append(String.format(Locale.ROOT, " %11s", count(parameters)));
        }
        return header.toString();
    }

    private static String count(long parameters) {
        return parameters < 1_000_000 ? parameters / 1e6 + " M" : parameters / 1_000_000 + " M";
    }

    private void efficiencies(Machine machine, Kind kind, double gigabits) {
        System.out.printf(
                Locale.ROOT,
                "%nefficiency, %s, %d samples a worker, workers of %s, %.0f Gbit/s: average = 1 / average = %d%n%8s%s%n",
                kind.name(),
                kind.samples(),
                machine.name(),
                gigabits,
                AVERAGE,
                "workers",
                header());
        for (int workers : WORKERS) {
            StringBuilder line = new StringBuilder();
            for (long parameters : PARAMETERS) {
                line.append(String.format(
                        Locale.ROOT,
                        " %11s",
                        String.format(
                                Locale.ROOT,
                                "%.2f / %.2f",
                                efficiency(machine, kind, gigabits, parameters, workers, 1, false),
                                efficiency(machine, kind, gigabits, parameters, workers, AVERAGE, false))));
            }
            System.out.printf(Locale.ROOT, "%8d%s%n", workers, line);
        }
    }

    private void most(Machine machine, Kind kind, double gigabits, int average, boolean isDivided) {
        StringBuilder line = new StringBuilder();
        for (long parameters : PARAMETERS) {
            int most = 1;
            for (int workers : WORKERS) {
                if (efficiency(machine, kind, gigabits, parameters, workers, average, isDivided) < WORTHWHILE) {
                    break;
                }
                most = workers;
            }
            line.append(String.format(Locale.ROOT, " %11d", most));
        }
        String work = isDivided ? "batch " + BATCH * kind.samples() : kind.samples() + " samples a worker";
        System.out.printf(
                Locale.ROOT,
                "%-46s %9.0f%s%n",
                kind.name() + ", " + (machine == CORES ? "16 cores" : "accelerator") + ", " + work
                        + (average == 1 ? "" : ", average " + average),
                gigabits,
                line);
    }

    /** @param isDivided true if a batch of {@link #BATCH} times the samples of a table is divided among the workers */
    private double efficiency(
            Machine machine, Kind kind, double gigabits, long parameters, int workers, int average, boolean isDivided) {
        double all = isDivided ? (double) BATCH * kind.samples() : (double) workers * kind.samples();
        double compute = ClusterConstants.STEP + kind.seconds() * parameters * all / workers / machine.cores();
        double alone = isDivided
                ? (ClusterConstants.STEP + kind.seconds() * parameters * all / machine.cores()) / workers
                : compute;
        RingEvents ring = new RingEvents(workers, NETWORK_MESSAGE, rate(gigabits));
        int rounds = Math.clamp((long) (MESSAGES / workers / workers / 4), 3, 200);
        double step = ring.step(
                new RingEvents.Training(parameters, compute, ClusterConstants.SIGMA, ClusterConstants.COPY),
                average,
                rounds,
                random);
        return alone / step;
    }

    private static double rate(double gigabits) {
        return Math.min(gigabits / 8 * 1e9, ClusterConstants.LOOPBACK);
    }

    /**
     * For many parameters and workers, an exchange takes 2·4/rate + copy seconds a parameter, so the efficiency is 1/2 where
     * the samples of a worker take as long.
     */
    private void samples() {
        System.out.printf(
                Locale.ROOT,
                "%nthe samples a worker with which large networks have an efficiency of 0.5%n%-34s%s%n",
                "",
                String.format(Locale.ROOT, " %11s %11s %11s", "1 Gbit/s", "10 Gbit/s", "100 Gbit/s"));
        for (Machine machine : List.of(CORE, CORES, ACCELERATOR)) {
            for (Kind kind : List.of(PERCEPTRON, UNET)) {
                StringBuilder line = new StringBuilder();
                for (double gigabits : GIGABITS) {
                    double exchange = 2 * Float.BYTES / rate(gigabits) + ClusterConstants.COPY;
                    line.append(String.format(
                            Locale.ROOT, " %11.0f", Math.ceil(exchange * machine.cores() / kind.seconds())));
                }
                System.out.printf(Locale.ROOT, "%-34s%s%n", kind.name() + ", " + machine.name(), line);
            }
        }
    }

    private void maps() {
        System.out.printf(
                Locale.ROOT, "%nefficiency of 100,000 units of 1 s, by slots and the size of a unit's result%n");
        System.out.printf(
                Locale.ROOT, "%8s %16s %16s %16s %22s%n", "slots", "10 kB", "1 MB", "100 MB", "100 MB as parts");
        for (int slots : new int[] {8, 64, 512, 4096}) {
            System.out.printf(
                    Locale.ROOT,
                    "%8d %16.2f %16.2f %16.2f %22.2f%n",
                    slots,
                    map(slots, 1e4, 10),
                    map(slots, 1e6, 10),
                    map(slots, 1e8, 10),
                    map(slots, 1e8, 400));
        }
    }

    /** @param gigabits of the driver's link, or of the storage */
    private double map(int slots, double bytes, double gigabits) {
        MapEvents.Map map = new MapEvents.Map(
                100_000, 1, ClusterConstants.SIGMA, ClusterConstants.DISPATCH, bytes, gigabits / 8 * 1e9);
        return map.units() * map.seconds() / slots / MapEvents.seconds(map, slots, random);
    }
}
