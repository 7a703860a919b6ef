package org.sdescript.runtime;

import java.util.Locale;

/** Formats durations: {@code 12 ms}, {@code 3.4 s}. Times are from {@link System#nanoTime}. */
public final class DurationText {
    private DurationText() {}

    public static String since(long start) {
        return between(start, System.nanoTime());
    }

    public static String between(long start, long end) {
        double seconds = (end - start) / 1e9;
        return seconds < 1 ? Math.round(seconds * 1e3) + " ms" : String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
