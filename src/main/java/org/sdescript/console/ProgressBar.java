package org.sdescript.console;

import java.io.PrintWriter;
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
    private static final String[] EIGHTHS = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

    private final String title;
    private final long total;
    private final PrintWriter out;
    private final boolean quiet;
    private final boolean interactive;
    private final LongSupplier clock;
    private final long start;
    private final ProgressText words;
    private long next;
    private double interval = FIRST_LINE;
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
        this.words = new ProgressText(title, total, start);
        this.next = start + (interactive ? REDRAW : FIRST_LINE);
    }

    @Override
    public void update(long steps, Supplier<String> word) {
        words.done(steps);
        state = word;
        long now = clock.getAsLong();
        if (quiet || now < next) {
            return;
        }
        if (interactive) {
            out.print("\r\u001B[K" + bar() + words.at(now, state.get()));
            out.flush();
            drawn = true;
            next = now + REDRAW;
        } else {
            out.println(words.at(now, state.get()));
            interval *= LINE_GROWTH;
            next = now + (long) interval;
        }
    }

    private String bar() {
        if (total <= 0) {
            return "";
        }
        double filled = words.part() * WIDTH;
        int whole = (int) filled;
        String partial = EIGHTHS[(int) ((filled - whole) * EIGHTHS.length)];
        return "│" + "█".repeat(whole) + partial + " ".repeat(WIDTH - whole - partial.length()) + "│ ";
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
            out.println(words.summary(now, state.get()));
        }
    }
}
