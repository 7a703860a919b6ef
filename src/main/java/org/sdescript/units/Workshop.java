package org.sdescript.units;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Replica;
import org.sdescript.runtime.Session;

/**
 * Runs the units of jobs that came packed, in any process and by several threads. What was unpacked and compiled for a
 * job is kept by its hash: one bench for each unit that runs at the same time.
 */
public final class Workshop implements AutoCloseable {
    /** The jobs whose benches are kept: the present one, and those before that a script may come back to. */
    private static final int KEPT_JOBS = 2;

    private final Function<Session, Interpreter> interpreters;
    private final SequencedMap<String, Deque<Bench>> idle = new LinkedHashMap<>(16, 0.75f, true);

    /** @param interpreters makes an interpreter with the library for a session */
    public Workshop(Function<Session, Interpreter> interpreters) {
        this.interpreters = interpreters;
    }

    /**
     * A unit of a job, and the means that this process was given for it.
     *
     * @param hash the hash of the job
     * @param settings the settings that the numbers depend on
     * @param parts the folder that takes the result, or null if it is returned
     * @param folder the folder of the run's files, or null for one of this process
     * @param device as in the settings of a run
     * @param threads the threads of the tensor library
     */
    public record Order(
            String hash,
            Map<String, String> settings,
            byte[] unit,
            @Nullable String parts,
            @Nullable String folder,
            String device,
            int threads) {
        /** A bench serves one job by the means that it was made with. */
        private String means() {
            return hash + " " + device + " " + threads;
        }
    }

    /**
     * Runs a unit and returns its reply.
     *
     * @param parcel returns the bytes of the job's parcel; asked only if the job is new here
     * @param started receives, before the unit begins, the action that stops it
     */
    public byte[] run(Order order, Supplier<byte[]> parcel, Consumer<Runnable> started) {
        Bench bench = taken(order.means());
        if (bench == null) {
            bench = new Bench(order, parcel.get(), interpreters);
        }
        boolean usable = false;
        try {
            started.accept(bench::stop);
            byte[] reply = bench.run(order);
            usable = !bench.isStopped();
            return reply;
        } finally {
            if (usable) {
                put(order.means(), bench);
            } else {
                bench.close();
            }
        }
    }

    /**
     * Runs the only unit of a job as a replica of one training, on a bench that is not kept.
     *
     * @param again true if the replicas were started before
     */
    public byte[] runAs(Replica replica, Order order, byte[] parcel, boolean again, Consumer<Runnable> started) {
        try (Bench bench = new Bench(order, parcel, interpreters)) {
            started.accept(bench::stop);
            return bench.run(order, replica, again);
        }
    }

    private synchronized @Nullable Bench taken(String hash) {
        Deque<Bench> benches = idle.get(hash);
        return benches == null ? null : benches.poll();
    }

    private synchronized void put(String hash, Bench bench) {
        idle.computeIfAbsent(hash, its -> new ArrayDeque<>()).push(bench);
        while (idle.size() > KEPT_JOBS) {
            idle.pollFirstEntry().getValue().forEach(Bench::close);
        }
    }

    @Override
    public synchronized void close() {
        idle.values().forEach(benches -> benches.forEach(Bench::close));
        idle.clear();
    }
}
