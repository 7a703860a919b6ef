package org.sdescript.api;

import java.util.function.Consumer;
import org.sdescript.runtime.Console;

/** Passes the lines that a script prints to a program; notes about the run are not passed on. */
record Output(Consumer<String> lines) implements Console {
    @Override
    public void line(String text) {
        lines.accept(text);
    }

    @Override
    public void note(String text) {}

    @Override
    public Progress progress(String title, long total) {
        return Progress.UNSEEN;
    }
}
