package org.sdescript.api;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sdescript.runtime.Console;

/** Gives what a script prints to a program; words about the run are not shown. */
record Output(Consumer<String> lines) implements Console {
    @Override
    public void line(String text) {
        lines.accept(text);
    }

    @Override
    public void note(String text) {}

    @Override
    public Progress progress(String title, long total) {
        return new Unseen();
    }

    private static final class Unseen implements Progress {
        @Override
        public void update(long done, Supplier<String> state) {}

        @Override
        public void close() {}
    }
}
