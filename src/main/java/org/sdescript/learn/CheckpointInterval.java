package org.sdescript.learn;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When a training saves its state: every so many steps, and at the latest a minute after the last time, so that a kill
 * costs little of a slow training. Where saving is slow, the time grows, so that it takes at most two in a hundred.
 */
final class CheckpointInterval {
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int SAVING_SHARE = 50;

    private final int steps;
    private final LongSupplier clock;
    private long due;

    CheckpointInterval(int steps) {
        this(steps, System::nanoTime);
    }

    /** @param clock a time in nanoseconds */
    CheckpointInterval(int steps, LongSupplier clock) {
        this.steps = steps;
        this.clock = clock;
        this.due = clock.getAsLong() + LONGEST_NANOS;
    }

    /** True after every so many steps, whatever the time. */
    boolean isDueByCount(long step) {
        return step % steps == 0;
    }

    boolean isDueAfter(long step) {
        return isDueByCount(step) || clock.getAsLong() - due >= 0;
    }

    void save(Runnable saving) {
        long start = clock.getAsLong();
        try {
            saving.run();
        } finally {
            long end = clock.getAsLong();
            due = end + Math.max(LONGEST_NANOS, SAVING_SHARE * (end - start));
        }
    }
}
