package org.sdescript.cluster;

import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.interrupt.Interruption;
import org.sdescript.runtime.Cluster;
import org.sdescript.runtime.ClusterLoader;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Session;

/**
 * The replicas of a training as a barrier stage of Spark. The stage is followed by a shuffle: Spark runs a stage before a
 * shuffle again when a task of it is lost, and gives up the last stage of a job. An error of the script is a reply; a
 * lost worker fails the tasks, so that the stage runs again ({@link ReplicaLost}); a worker that hangs ends the training
 * ({@link ReplicaHangs}).
 */
final class TrainingJob {
    /** The setting with the time that a replica waits for another. */
    static final String TIMEOUT = "spark.sde.exchange.timeout";

    private static final long MILLISECONDS_BETWEEN_LOOKS = 50;
    private static final int SECRET_BYTES = 32;

    private final JavaSparkContext spark;
    private final Cluster.Job job;
    private final int workers;
    private final String folder;
    private final String group = "sde-" + UUID.randomUUID();
    private final BlockingQueue<Object> outcome = new LinkedBlockingQueue<>();

    TrainingJob(JavaSparkContext spark, Cluster.Job job, int workers, String folder) {
        this.spark = spark;
        this.job = job;
        this.workers = workers;
        this.folder = folder;
    }

    byte[] run(Session session) {
        Broadcast<byte[]> parcel = spark.broadcast(job.parcel());
        TaskCounts counts = new TaskCounts(group);
        spark.sc().addSparkListener(counts);
        Thread submitting = new Thread(
                () -> ClusterLoader.within(TrainingJob.class.getClassLoader(), () -> outcome.add(submitted(parcel))),
                "sde-training");
        submitting.setDaemon(true);
        submitting.start();
        try (Console.Progress progress = session.console().progress(job.title(), -1)) {
            while (true) {
                session.stop().check();
                Object came = next();
                if (came instanceof byte[] reply) {
                    return reply;
                }
                String hanging = counts.hanging();
                if (hanging != null) {
                    throw JobFailure.hanging(hanging);
                }
                if (came instanceof Throwable failure) {
                    throw JobFailure.of(failure, job.title());
                }
                progress.update(
                        0, () -> workers + " workers" + (counts.words().isEmpty() ? "" : ", " + counts.words()));
            }
        } catch (Interruption | SdeError stopped) {
            spark.sc().cancelJobGroupAndFutureJobs(group);
            throw stopped;
        } finally {
            spark.sc().removeSparkListener(counts);
            parcel.destroy(false);
        }
    }

    private @Nullable Object next() {
        try {
            return outcome.poll(MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new Interruption();
        }
    }

    /** Returns the reply of the first replica, or what ended the job. */
    private Object submitted(Broadcast<byte[]> parcel) {
        try {
            spark.setJobGroup(group, job.title(), true);
            byte[] secret = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(secret);
            List<Integer> ranks = IntStream.range(0, workers).boxed().toList();
            JavaRDD<byte[]> replies = spark.parallelize(ranks, workers)
                    .rdd()
                    .barrier()
                    .mapPartitions(
                            new ReplicaPartition(new ReplicaTask(
                                    job.hash(),
                                    parcel,
                                    job.settings(),
                                    job.units().getFirst(),
                                    folder,
                                    secret,
                                    spark.getConf().getTimeAsSeconds(TIMEOUT, "300s"))),
                            false,
                            scala.reflect.ClassTag$.MODULE$.apply(byte[].class))
                    .toJavaRDD();
            return replies.repartition(1).collect().stream()
                    .filter(reply -> reply.length > 0)
                    .findFirst()
                    .orElseThrow();
        } catch (Throwable failure) {
            return failure;
        }
    }
}
