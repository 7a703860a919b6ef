package org.sdescript.console;

import java.util.Locale;

/** The words of a progress display: the steps done, a state, the rate and the time left. */
public final class ProgressText {
    private static final double NANOS = 1e9;

    private final String title;
    private final long total;
    private final long start;
    private long first = -1;
    private long done;

    /**
     * @param total the number of steps; negative if unknown
     * @param start the time of the start in nanoseconds
     */
    public ProgressText(String title, long total, long start) {
        this.title = title;
        this.total = total;
        this.start = start;
    }

    /** Sets the number of finished steps. */
    public void done(long steps) {
        // steps of an earlier run, when a training is resumed, do not count in the rate
        first = first < 0 ? steps : first;
        done = steps;
    }

    /** The finished part of all steps, from 0 to 1; 0 if the total is unknown. */
    double part() {
        return total <= 0 ? 0 : Math.clamp((double) done / total, 0, 1);
    }

    /** The line while the work runs. */
    public String at(long now, String state) {
        double rate = (done - first) / Math.max(seconds(now), 1e-9);
        String of = total > 0 ? done + "/" + total : String.valueOf(done);
        String left = total > 0 && rate > 0 ? ", " + time((total - done) / rate) + " left" : "";
        return String.join(
                "",
                title.isEmpty() ? "" : title + " ",
                of,
                preceded("  ", state),
                String.format(Locale.ROOT, rate >= 10 ? "  %.0f/s" : "  %.2f/s", rate),
                left);
    }

    /** The line after the work. */
    public String summary(long now, String state) {
        return String.format(
                Locale.ROOT,
                "%s: %d steps in %.1f s%s",
                title,
                done - Math.max(0, first),
                seconds(now),
                preceded(", ", state));
    }

    private double seconds(long now) {
        return (now - start) / NANOS;
    }

    private static String preceded(String before, String state) {
        return state.isEmpty() ? "" : before + state;
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }
}
