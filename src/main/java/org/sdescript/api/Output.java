package org.sdescript.api;

import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.runtime.Console;

/** Passes printed lines, notes about the run and progress to a program. */
final class Output implements Console {
    private final Consumer<String> lines;
    private final Consumer<String> notes;
    private volatile @Nullable Consumer<? super SdeProgress> listener;

    Output(Consumer<String> lines, Consumer<String> notes, @Nullable Consumer<? super SdeProgress> listener) {
        this.lines = lines;
        this.notes = notes;
        this.listener = listener;
    }

    /** Replaces the listener, also for work under way. */
    void tell(Consumer<? super SdeProgress> other) {
        listener = other;
    }

    @Override
    public void line(String text) {
        lines.accept(text);
    }

    @Override
    public void note(String text) {
        notes.accept(text);
    }

    @Override
    public Progress progress(String title, long total) {
        return new Steps(title, total);
    }

    private final class Steps implements Progress {
        private final String title;
        private final long total;
        private OptionalDouble loss = OptionalDouble.empty();

        Steps(String title, long total) {
            this.title = title;
            this.total = total;
        }

        @Override
        public void loss(long done, double smooth) {
            loss = OptionalDouble.of(smooth);
        }

        @Override
        public void update(long done, Supplier<String> state) {
            Consumer<? super SdeProgress> told = listener;
            if (told != null) {
                told.accept(new SdeProgress(title, done, total, loss));
            }
        }

        @Override
        public void close() {}
    }
}
