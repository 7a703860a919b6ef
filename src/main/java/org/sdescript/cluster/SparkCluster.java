package org.sdescript.cluster;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.sdescript.runtime.Cluster;
import org.sdescript.runtime.ClusterLoader;
import org.sdescript.runtime.ClusterSettings;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Session;

/** A cluster of Apache Spark. */
public final class SparkCluster implements Cluster {
    /** Settings that differ from Spark's own defaults; the user's settings replace them. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "spark.app.name", "sde",
            // a server of web pages, which would open a port
            "spark.ui.enabled", "false",
            "spark.ui.showConsoleProgress", "false",
            // barrier stages need a fixed number of executors
            "spark.dynamicAllocation.enabled", "false");

    /** Without other machines, Spark listens to this machine only, and needs no name of this machine. */
    private static final Map<String, String> LOCAL = Map.of(
            "spark.driver.host", "127.0.0.1",
            "spark.driver.bindAddress", "127.0.0.1",
            // no further slots will come: a training by more workers than there are ends at once
            "spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures", "1",
            "spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s");

    private final JavaSparkContext context;

    /** Opens the cluster. Settings of {@code spark-submit} (system properties) hold where {@code settings} has none. */
    public SparkCluster(ClusterSettings settings, Console console) {
        SparkMaster master = new SparkMaster(settings.master());
        master.requireReachable();
        SparkConf conf = new SparkConf().setMaster(settings.master());
        settings.conf().forEach(conf::set);
        DEFAULTS.forEach(conf::setIfMissing);
        if (master.isLocal()) {
            LOCAL.forEach(conf::setIfMissing);
        }
        this.context = master.open(conf);
        context.sc().addSparkListener(new ClusterEvents(console));
    }

    @Override
    public String master() {
        return context.master();
    }

    @Override
    public int ping(int tasks) {
        return inContext(() -> {
            LongAccumulator ran = context.sc().longAccumulator();
            List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
            context.parallelize(numbers, tasks).foreach(number -> ran.add(1));
            return ran.value().intValue();
        });
    }

    @Override
    public void run(Job job, Session session, Replies replies) {
        inContext(() -> {
            new UnitJobs(context).run(job, session, replies);
            return true;
        });
    }

    @Override
    public byte[] runTogether(Job job, int workers, String folder, Session session) {
        return inContext(() -> new TrainingJob(context, job, workers, folder).run(session));
    }

    @Override
    public void close() {
        context.close();
    }

    /** For jobs of this package; within {@link #inContext}. */
    JavaSparkContext context() {
        return context;
    }

    /** Runs work that starts jobs: Spark finds classes and resources through the thread's context class loader. */
    <T> T inContext(Supplier<T> job) {
        return ClusterLoader.within(SparkCluster.class.getClassLoader(), job);
    }
}
