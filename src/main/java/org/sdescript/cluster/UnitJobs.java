package org.sdescript.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.interrupt.Interruption;
import org.sdescript.runtime.Cluster;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Session;
import scala.Tuple2;

/** Runs the units of a job as tasks of Spark, which schedules them, ships them and runs lost ones again. */
final class UnitJobs {
    private static final long MILLISECONDS_BETWEEN_LOOKS = 50;
    private static final String LIMIT = "spark.driver.maxResultSize";

    private final JavaSparkContext spark;

    UnitJobs(JavaSparkContext spark) {
        this.spark = spark;
    }

    void run(Cluster.Job job, Session session, Cluster.Replies replies) {
        if (job.units().isEmpty()) {
            return;
        }
        refuseTooLarge(job);
        Broadcast<byte[]> parcel = spark.broadcast(job.parcel());
        try (Console.Progress progress =
                session.console().progress(job.title(), job.units().size())) {
            new Running(job, parcel, progress).run(session, replies);
        } finally {
            parcel.destroy(false);
        }
    }

    /** Throws before anything runs if the results would be more than the driver takes. */
    private void refuseTooLarge(Cluster.Job job) {
        long limit = bytes(spark.getConf());
        if (limit > 0 && job.bytes() > limit
                || job.bytes() > Runtime.getRuntime().maxMemory() / 2) {
            throw Diagnostic.error(
                            "E0945",
                            null,
                            "the results of " + job.title() + " are " + mib(job.bytes())
                                    + " MiB, more than this process takes from the cluster")
                    .note("the limit is " + LIMIT + ", " + mib(limit) + " MiB, and half of the memory of this process, "
                            + mib(Runtime.getRuntime().maxMemory() / 2) + " MiB")
                    .help("`" + job.title()
                            + "(…, to = \"parts\")` writes them on the machines of the cluster and reads"
                            + " them as a data set; or give more by Spark's setting `" + LIMIT + "=4g`")
                    .raise();
        }
    }

    /** The limit in bytes; 0 for none. */
    private static long bytes(SparkConf conf) {
        return conf.getSizeAsBytes(LIMIT, "1g");
    }

    private static long mib(long bytes) {
        return bytes >> 20;
    }

    /** One job while its tasks run. */
    private final class Running {
        private final Cluster.Job job;
        private final Broadcast<byte[]> parcel;
        private final Console.Progress progress;
        private final BlockingQueue<Tuple2<Integer, byte[]>> arrived = new LinkedBlockingQueue<>();
        private final String group = "sde-" + UUID.randomUUID();
        private volatile @Nullable Throwable failure;

        Running(Cluster.Job job, Broadcast<byte[]> parcel, Console.Progress progress) {
            this.job = job;
            this.parcel = parcel;
            this.progress = progress;
        }

        void run(Session session, Cluster.Replies replies) {
            TaskCounts counts = new TaskCounts(group);
            spark.sc().addSparkListener(counts);
            Thread submitting = new Thread(this::submit, "sde-job");
            submitting.setDaemon(true);
            submitting.setContextClassLoader(UnitJobs.class.getClassLoader());
            submitting.start();
            boolean isDone = false;
            try {
                receive(submitting, session, replies, counts);
                isDone = true;
            } finally {
                if (!isDone) {
                    spark.sc().cancelJobGroupAndFutureJobs(group);
                }
                spark.sc().removeSparkListener(counts);
            }
        }

        private void receive(Thread submitting, Session session, Cluster.Replies replies, TaskCounts counts) {
            int done = 0;
            Throwable failed = null;
            while (done < job.units().size()) {
                session.stop().check();
                Tuple2<Integer, byte[]> reply = next();
                if (reply != null) {
                    replies.came(reply._1(), reply._2());
                    done++;
                } else if ((failed = failure) != null) {
                    throw JobFailure.of(failed, job.title());
                } else if (!submitting.isAlive() && arrived.isEmpty()) {
                    throw new IllegalStateException("the job ended without all of its replies");
                }
                progress.update(done, counts::words);
            }
        }

        private @Nullable Tuple2<Integer, byte[]> next() {
            try {
                return arrived.poll(MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new Interruption();
            }
        }

        /** Runs on a thread of its own, since Spark's call returns once all is done. */
        private void submit() {
            try {
                spark.setJobGroup(group, job.title(), true);
                List<Tuple2<Integer, byte[]>> units = new ArrayList<>();
                for (int i = 0; i < job.units().size(); i++) {
                    units.add(new Tuple2<>(i, job.units().get(i)));
                }
                JavaRDD<Tuple2<Integer, byte[]>> results = spark.parallelize(units, partitions(units.size()))
                        .mapPartitionsWithIndex(new UnitTask(job.hash(), parcel, job.settings(), job.parts()), true);
                new ArrivingResults(results, arrived::add).run();
            } catch (Throwable failed) {
                failure = failed;
            }
        }

        /** One task for each unit, unless the user's settings name a number of tasks. */
        private int partitions(int units) {
            int wanted = spark.getConf().getInt("spark.default.parallelism", units);
            return Math.clamp(wanted, 1, units);
        }
    }
}
