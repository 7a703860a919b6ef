package org.sdescript.bench;

import org.sdescript.runtime.Console;

/** A console without output, so that only the script is timed. */
public final class Silence implements Console {
    @Override
    public void line(String text) {}

    @Override
    public void note(String text) {}

    @Override
    public Progress progress(String title, long total) {
        return Progress.UNSEEN;
    }
}
