package org.sdescript.learn;

/** The steps of a training after which it reports: some fifty or more, at least every hundredth, and the last. */
record ReportInterval(long steps) {
    private static final int MOST_STEPS = 100;
    private static final int LEAST_REPORTS = 50;

    boolean isDue(long step) {
        return step % Math.clamp(steps / LEAST_REPORTS, 1, MOST_STEPS) == 0 || isLast(step);
    }

    boolean isLast(long step) {
        return step == steps;
    }
}
