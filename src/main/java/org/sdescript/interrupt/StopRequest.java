package org.sdescript.interrupt;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request to stop some work, made by any thread. The work polls the request: each loop in Java that may take longer
 * than a moment calls {@link #poll}, in any package. {@code Thread.interrupt} is not used, since it closes the
 * channels that the thread reads.
 */
public final class StopRequest {
    private static final ThreadLocal<StopRequest> PRESENT = new ThreadLocal<>();

    private volatile boolean made;

    /** Throws {@link Interruption} if the current thread's work should stop. Takes a few nanoseconds. */
    public static void poll() {
        StopRequest request = PRESENT.get();
        if (request != null) {
            request.check();
        }
    }

    /**
     * Returns the request that the current thread polls, or null. A helper thread polls the same request by
     * {@link #during}.
     */
    public static StopRequest present() {
        return PRESENT.get();
    }

    /** Runs work that polls {@code request}, or no request if null; afterwards the thread polls its former request. */
    public static <T> T during(@Nullable StopRequest request, Supplier<T> work) {
        StopRequest before = PRESENT.get();
        set(request);
        try {
            return work.get();
        } finally {
            set(before);
        }
    }

    /** Runs work to its end despite a request to stop, such as saving state. */
    public static void ignoring(Runnable work) {
        during(null, () -> {
            work.run();
            return null;
        });
    }

    private static void set(@Nullable StopRequest request) {
        if (request == null) {
            PRESENT.remove();
        } else {
            PRESENT.set(request);
        }
    }

    public void make() {
        made = true;
    }

    /** Withdraws the request, before the next work. */
    public void takeBack() {
        made = false;
    }

    public boolean isMade() {
        return made;
    }

    /** Throws {@link Interruption} if the request was made. */
    public void check() {
        if (made) {
            throw new Interruption();
        }
    }
}
