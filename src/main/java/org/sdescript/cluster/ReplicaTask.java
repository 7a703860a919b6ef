package org.sdescript.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.exchange.Loss;
import org.sdescript.exchange.Ring;
import org.sdescript.exchange.RingSeat;
import org.sdescript.runtime.Replica;
import org.sdescript.units.Workshop;

/**
 * One replica of a training, in a barrier stage: all start together, and tell each other their addresses through Spark.
 * The ring between them listens at the address that Spark's own messages use.
 *
 * @param folder the folder of the run's files
 * @param secret proves a connection of the ring, a new one for each training
 * @param timeout the seconds that a replica waits for another
 */
record ReplicaTask(
        String hash,
        Broadcast<byte[]> parcel,
        Map<String, String> settings,
        byte[] unit,
        String folder,
        byte[] secret,
        long timeout)
        implements FlatMapFunction<Iterator<Integer>, byte[]> {
    private static final long serialVersionUID = 1;

    @Override
    public Iterator<byte[]> call(Iterator<Integer> rank) {
        BarrierTaskContext context = BarrierTaskContext.get();
        TaskMeans means = TaskMeans.of(context);
        try (RingSeat seat = RingSeat.open(here(), Duration.ofSeconds(timeout))) {
            List<String> addresses = Arrays.asList(context.allGather(seat.address()));
            try (Ring ring = joined(seat, context.partitionId(), addresses)) {
                byte[] reply = reply(new Replica(ring), means, context);
                failIfLost(ring);
                return List.of(context.partitionId() == 0 ? reply : new byte[0]).iterator();
            }
        }
    }

    private Ring joined(RingSeat seat, int rank, List<String> addresses) {
        try {
            return seat.join(rank, addresses, secret);
        } catch (SdeError unconnected) {
            String message = unconnected.getMessage();
            throw seat.hasTimedOut() ? new ReplicaHangs(message) : new ReplicaLost(message);
        }
    }

    /**
     * Throws if the training ended for the loss of a worker: to Spark, a task that returned the error would be done. An
     * error that a worker has told the others is the script's, and would come again.
     */
    private static void failIfLost(Ring ring) {
        Loss loss = ring.loss().orElse(Loss.WILLFUL);
        if (loss != Loss.WILLFUL) {
            String message = ring.lossMessage();
            throw loss == Loss.SILENT ? new ReplicaHangs(message) : new ReplicaLost(message);
        }
    }

    private byte[] reply(Replica replica, TaskMeans means, BarrierTaskContext context) {
        List<Future<?>> watch = new ArrayList<>();
        try {
            return TaskWorkshop.present()
                    .runAs(
                            replica,
                            new Workshop.Order(hash, settings, unit, null, folder, means.device(), means.threads()),
                            parcel.value(),
                            context.stageAttemptNumber() > 0,
                            stop -> watch.add(StopWatch.on(context, stop)));
        } finally {
            watch.forEach(each -> each.cancel(false));
        }
    }

    private static InetAddress here() {
        try {
            return InetAddress.getByName(
                    SparkEnv.get().blockManager().blockManagerId().host());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
