package org.sdescript.exchange;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Rings over the loopback address, with a thread for each worker. */
public final class Rings {
    public static final byte[] SECRET = "known to the workers".getBytes(StandardCharsets.UTF_8);

    /** Longer than any step of a test on a slow machine; tests of time-outs name their own. */
    public static final Duration PATIENT = Duration.ofMinutes(2);

    private Rings() {}

    /** The work of one worker. */
    @FunctionalInterface
    public interface Work<T> {
        T by(Exchange exchange) throws Exception;
    }

    /**
     * The end of a worker.
     *
     * @param value null if the worker failed
     * @param failure null if it did not
     */
    public record Outcome<T>(@Nullable T value, @Nullable Throwable failure) {}

    public static RingSeat seat(Duration timeout) {
        return RingSeat.open(InetAddress.getLoopbackAddress(), timeout);
    }

    /** Runs the work in all workers of a ring; returns the results by rank, or throws the first worker's failure. */
    public static <T> List<T> all(int world, Work<T> work) {
        List<T> values = new ArrayList<>();
        for (Outcome<T> each : outcomes(world, PATIENT, work)) {
            if (each.failure() != null) {
                throw new AssertionError("rank " + values.size(), each.failure());
            }
            values.add(each.value());
        }
        return values;
    }

    /** The same with the failures of all workers. */
    public static <T> List<Outcome<T>> outcomes(int world, Duration timeout, Work<T> work) {
        List<RingSeat> seats = new ArrayList<>();
        for (int rank = 0; rank < world; rank++) {
            seats.add(seat(timeout));
        }
        List<String> addresses = seats.stream().map(RingSeat::address).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(world)) {
            List<Future<T>> futures = new ArrayList<>();
            for (int rank = 0; rank < world; rank++) {
                int own = rank;
                futures.add(threads.submit(() -> {
                    try (Ring ring = seats.get(own).join(own, addresses, SECRET)) {
                        return work.by(ring);
                    }
                }));
            }
            return futures.stream().map(Rings::outcome).toList();
        }
    }

    private static <T> Outcome<T> outcome(Future<T> future) {
        try {
            return new Outcome<>(future.get(), null);
        } catch (ExecutionException failure) {
            return new Outcome<>(null, failure.getCause());
        } catch (InterruptedException interrupt) {
            throw new AssertionError(interrupt);
        }
    }
}
