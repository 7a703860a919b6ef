package org.sdescript.bench.cluster;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.sdescript.bench.Silence;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.RunningScript;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Cluster;
import org.sdescript.runtime.ClusterLoader;
import org.sdescript.runtime.ClusterSettings;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;
import org.sdescript.syntax.Parser;

/**
 * {@code mvn -Pbench test -Dbench.main=org.sdescript.bench.cluster.SparkCost -Dbench=MASTER}: what Spark and the parcels
 * add to the work. The options are settings of Spark, KEY=VALUE.
 */
public final class SparkCost {
    private static final Path HERE = Path.of("target");
    private static final int ROUNDS = 5;
    private static final int MANY = 200;

    private final Cluster cluster;

    private SparkCost(Cluster cluster) {
        this.cluster = cluster;
    }

    public static void main(String[] arguments) {
        String master = arguments.length > 0 && ClusterSettings.isMaster(arguments[0]) ? arguments[0] : "local[2]";
        Map<String, String> conf = new TreeMap<>();
        for (String each : List.of(arguments)) {
            int equals = each.indexOf('=');
            if (equals > 0) {
                conf.put(each.substring(0, equals), each.substring(equals + 1));
            }
        }
        long start = System.nanoTime();
        try (Cluster cluster = ClusterLoader.open(new ClusterSettings(master, conf), new Silence())) {
            print("opening " + master, seconds(start));
            new SparkCost(cluster).run();
        }
    }

    private void run() {
        long start = System.nanoTime();
        cluster.ping(1);
        print("first job, one empty task", seconds(start));
        print("later job, one empty task", median(() -> cluster.ping(1)));
        print("empty task of a job with " + MANY, median(() -> cluster.ping(MANY)) / MANY);
        AtomicReference<Sizes> last = new AtomicReference<>();
        try (Session session = new Session(Settings.standard(), new Silence(), HERE, HERE)) {
            session.shareWith(new Recording(cluster, last));
            RunningScript script =
                    new Pipeline().bind(HERE.resolve("benchmark.sde"), ScriptParameters.of(Map.of()), session);
            run(script, "x = zeros([" + MANY + ", 1])\nlarge = randn([25_000_000])\nmedium = randn([250_000])\n");
            String units = "y = in_batches((part, from, its) -> part, x, batch = 1)\n";
            start = System.nanoTime();
            run(script, "y = in_batches((part, from, its) -> part, x[0:1], batch = 1)\n");
            print("first unit of sde", seconds(start));
            print("empty unit of a job with " + MANY, median(() -> run(script, units)) / MANY);
            print("an empty unit", last.get());
            for (String size : List.of("medium", "large")) {
                String text = "y = in_batches((part, from, its) -> part + mean(" + size + "), x[0:2], batch = 1)\n";
                start = System.nanoTime();
                run(script, text);
                print("two units with a parcel of " + (last.get().parcel() >> 20) + " MiB, first", seconds(start));
                print("later", median(() -> run(script, text)));
            }
            run(script, "p = VP()\ns = normal(std = 0.5).score(p)\n");
            String sampling = "z = sample(p, s, n = 20_000, shape = [2], batch = 1_000, using = pc(steps = 2))\n";
            run(script, sampling);
            print("20 units of 1,000 samples, 2 steps", median(() -> run(script, sampling)));
            print("a unit of sample, 1,000 samples of 2 numbers", last.get());
        }
    }

    private static void run(RunningScript script, String text) {
        script.run(Parser.parse(new Source("benchmark.sde", text)).program());
    }

    private static double median(Runnable work) {
        double[] times = new double[ROUNDS];
        work.run();
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            work.run();
            times[round] = seconds(start);
        }
        Arrays.sort(times);
        return times[ROUNDS / 2];
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void print(String what, double seconds) {
        System.out.printf(Locale.ROOT, "%-44s %12.1f ms%n", what, 1e3 * seconds);
    }

    private static void print(String what, Sizes sizes) {
        System.out.printf(
                Locale.ROOT,
                "%-44s %12d bytes there, %d bytes back, %d bytes of the job%n",
                what,
                sizes.unit(),
                sizes.reply(),
                sizes.parcel());
    }

    /** The bytes of a job's parcel, of a unit and of its reply. */
    private record Sizes(int parcel, int unit, int reply) {}

    /** Remembers the sizes of the last reply. */
    private record Recording(Cluster cluster, AtomicReference<Sizes> last) implements Cluster {
        @Override
        public String master() {
            return cluster.master();
        }

        @Override
        public int ping(int tasks) {
            return cluster.ping(tasks);
        }

        @Override
        public void run(Job job, Session session, Replies replies) {
            cluster.run(job, session, (unit, reply) -> {
                last.set(new Sizes(job.parcel().length, job.units().get(unit).length, reply.length));
                replies.came(unit, reply);
            });
        }

        @Override
        public byte[] runTogether(Job job, int workers, String folder, Session session) {
            return cluster.runTogether(job, workers, folder, session);
        }

        @Override
        public void close() {}
    }
}
