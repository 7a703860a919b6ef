package org.sdescript.interrupt;

import java.util.function.Supplier;

/**
 * The request to stop some work, which any thread may make. The work polls it: each loop in Java that may take longer than
 * a moment calls {@link #poll}, whatever the package. {@code Thread.interrupt} is not used, since it closes the channels
 * that the thread reads.
 */
public final class StopRequest {
    private static final ThreadLocal<StopRequest> PRESENT = new ThreadLocal<>();

    private volatile boolean made;

    /** Throws {@link Interruption} if the work that the present thread does is to stop. Takes a few nanoseconds. */
    public static void poll() {
        StopRequest request = PRESENT.get();
        if (request != null) {
            request.check();
        }
    }

    /** The request that the present thread polls, null if there is none; a helper thread polls it by {@link #during}. */
    public static StopRequest present() {
        return PRESENT.get();
    }

    /** Does work that polls a request, or none if {@code request} is null; afterwards the thread polls what it did before. */
    public static <T> T during(StopRequest request, Supplier<T> work) {
        StopRequest before = PRESENT.get();
        set(request);
        try {
            return work.get();
        } finally {
            set(before);
        }
    }

    /** Does work that is to be finished though a stop was asked for, such as keeping what is there. */
    public static void ignoring(Runnable work) {
        during(null, () -> {
            work.run();
            return null;
        });
    }

    private static void set(StopRequest request) {
        if (request == null) {
            PRESENT.remove();
        } else {
            PRESENT.set(request);
        }
    }

    public void make() {
        made = true;
    }

    /** The next work is not what was to be stopped. */
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
