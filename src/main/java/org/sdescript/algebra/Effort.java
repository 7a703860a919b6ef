package org.sdescript.algebra;

import java.util.function.Supplier;
import org.sdescript.interrupt.StopRequest;

/**
 * The work of the derivations of a thread, counted in parts of the expressions that they build. A search with a budget gives up at
 * the same place on every machine; a derivation under way polls the request to stop.
 */
public final class Effort {
    /** Parts between two polls: a few milliseconds. */
    private static final int INTERVAL = 2048;

    private static final ThreadLocal<Effort> OF_THREAD = ThreadLocal.withInitial(Effort::new);

    private long left = Long.MAX_VALUE;
    private int untilPoll = INTERVAL;

    private Effort() {}

    /**
     * Does the work within a budget, or within what is left of a budget around it.
     *
     * @throws TooLarge where that is spent
     */
    public static <T> T within(long parts, Supplier<T> work) {
        Effort effort = OF_THREAD.get();
        long before = effort.left;
        long budget = Math.min(before, parts);
        effort.left = budget;
        try {
            return work.get();
        } finally {
            effort.left = before - (budget - effort.left);
        }
    }

    /** Called where parts of an expression are built or worked out. */
    public static void spend(int parts) {
        Effort effort = OF_THREAD.get();
        effort.untilPoll -= parts;
        if (effort.untilPoll < 0) {
            effort.untilPoll = INTERVAL;
            StopRequest.poll();
        }
        effort.left -= parts;
        if (effort.left < 0) {
            effort.left = 0;
            throw new TooLarge("a derivation that takes too many steps");
        }
    }
}
