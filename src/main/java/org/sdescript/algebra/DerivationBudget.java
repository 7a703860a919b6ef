package org.sdescript.algebra;

import java.util.function.Supplier;
import org.sdescript.interrupt.StopRequest;

/**
 * The work of a thread's derivations, counted in parts of the expressions built. Unlike a time limit, a budget ends a
 * search at the same point on every machine. A running derivation polls the stop request.
 */
public final class DerivationBudget {
    /** Parts between two polls, a few milliseconds of work. */
    private static final int INTERVAL = 2048;

    private static final ThreadLocal<DerivationBudget> OF_THREAD = ThreadLocal.withInitial(DerivationBudget::new);

    private long left = Long.MAX_VALUE;
    private int untilPoll = INTERVAL;

    private DerivationBudget() {}

    /**
     * Runs the work within a budget, which an enclosing budget caps.
     *
     * @throws TooLarge if the budget is exhausted
     */
    public static <T> T within(long parts, Supplier<T> work) {
        DerivationBudget effort = OF_THREAD.get();
        long before = effort.left;
        long budget = Math.min(before, parts);
        effort.left = budget;
        try {
            return work.get();
        } finally {
            effort.left = before - (budget - effort.left);
        }
    }

    /** Charges the budget for parts of an expression that are built or evaluated. */
    public static void spend(int parts) {
        DerivationBudget effort = OF_THREAD.get();
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
