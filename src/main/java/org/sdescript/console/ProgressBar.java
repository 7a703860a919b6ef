package org.sdescript.console;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.sdescript.runtime.Console;

/**
 * Shows progress with a state, the rate and the time left: on a terminal a bar redrawn in place, elsewhere a line at
 * growing intervals.
 */
public final class ProgressBar implements Console.Progress {
    private static final int WIDTH = 24;
    private static final long REDRAW = 100_000_000L;
    private static final long FIRST_LINE = 5_000_000_000L;
    private static final double LINE_GROWTH = 1.5;
    private static final double NANOS = 1e9;
    private static final String[] EIGHTHS = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

    private final String title;
    private final long total;
    private final PrintWriter out;
    private final boolean quiet;
    private final boolean interactive;
    private final LongSupplier clock;
    private final long start;
    private long first = -1;
    private long next;
    private double interval = FIRST_LINE;
    private long done;
    private Supplier<String> state = () -> "";
    private boolean drawn;

    public ProgressBar(String title, long total, PrintWriter out, boolean quiet, boolean interactive) {
        this(title, total, out, quiet, interactive, System::nanoTime);
    }

    /** @param clock the time in nanoseconds, from any origin */
    ProgressBar(String title, long total, PrintWriter out, boolean quiet, boolean interactive, LongSupplier clock) {
        this.title = title;
        this.total = total;
        this.out = out;
        this.quiet = quiet;
        this.interactive = interactive;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.next = start + (interactive ? REDRAW : FIRST_LINE);
    }

    @Override
    public void update(long steps, Supplier<String> word) {
        // steps of an earlier run, when a training is resumed, do not count in the rate
        first = first < 0 ? steps : first;
        done = steps;
        state = word;
        long now = clock.getAsLong();
        if (quiet || now < next) {
            return;
        }
        if (interactive) {
            out.print("\r\u001B[K" + bar() + text(now));
            out.flush();
            drawn = true;
            next = now + REDRAW;
        } else {
            out.println(text(now));
            interval *= LINE_GROWTH;
            next = now + (long) interval;
        }
    }

    private String bar() {
        if (total <= 0) {
            return "";
        }
        double filled = Math.clamp((double) done / total, 0, 1) * WIDTH;
        int whole = (int) filled;
        String partial = EIGHTHS[(int) ((filled - whole) * EIGHTHS.length)];
        return "│" + "█".repeat(whole) + partial + " ".repeat(WIDTH - whole - partial.length()) + "│ ";
    }

    /** The state, empty or preceded by {@code before}. */
    private String said(String before) {
        String word = state.get();
        return word.isEmpty() ? "" : before + word;
    }

    private String text(long now) {
        double seconds = (now - start) / NANOS;
        double rate = (done - first) / Math.max(seconds, 1e-9);
        String of = total > 0 ? done + "/" + total : String.valueOf(done);
        String left = total > 0 && rate > 0 ? ", " + time((total - done) / rate) + " left" : "";
        return String.join(
                "",
                title.isEmpty() ? "" : title + " ",
                of,
                said("  "),
                String.format(Locale.ROOT, rate >= 10 ? "  %.0f/s" : "  %.2f/s", rate),
                left);
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }

    /** Erases the bar, so that other text can be printed on its line. */
    public void clear() {
        if (drawn) {
            out.print("\r\u001B[K");
            out.flush();
            drawn = false;
        }
    }

    /** Prints one summary line if the work took longer than a second. */
    @Override
    public void close() {
        clear();
        long now = clock.getAsLong();
        if (!quiet && now - start > FIRST_LINE / 5 && !title.isEmpty()) {
            double seconds = (now - start) / NANOS;
            out.println(String.format(
                    Locale.ROOT, "%s: %d steps in %.1f s%s", title, done - Math.max(0, first), seconds, said(", ")));
        }
    }
}
