package org.sdescript.units;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Cluster;
import org.sdescript.runtime.Session;

/** Threads of this process that run units from parcels, in a random order: a cluster without Spark. */
public final class ThreadCluster implements Cluster {
    private static final Pipeline PIPELINE = new Pipeline();
    private final Workshop workshop =
            new Workshop(session -> PIPELINE.bind(Path.of("unit"), ScriptParameters.of(Map.of()), session)
                    .interpreter());
    private final int threads;
    private final Random random = new Random(7);
    private int units;

    public ThreadCluster(int threads) {
        this.threads = threads;
    }

    /** The units that ran so far. */
    public int units() {
        return units;
    }

    @Override
    public String master() {
        return "threads[" + threads + "]";
    }

    @Override
    public int ping(int tasks) {
        return tasks;
    }

    @Override
    public void run(Job job, Session session, Replies replies) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < job.units().size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            Map<Integer, Future<byte[]>> running = new java.util.LinkedHashMap<>();
            order.forEach(unit -> running.put(
                    unit,
                    pool.submit(() -> workshop.run(
                            new Workshop.Order(
                                    job.hash(), job.settings(), job.units().get(unit), job.parts(), null, "cpu", 1),
                            job::parcel,
                            stop -> {}))));
            for (Map.Entry<Integer, Future<byte[]>> each : running.entrySet()) {
                units++;
                replies.came(each.getKey(), each.getValue().get());
            }
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Replicas as threads, with a ring between them. */
    @Override
    public byte[] runTogether(Job job, int workers, String folder, Session session) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        workshop.close();
    }
}
