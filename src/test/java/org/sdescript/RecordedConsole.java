package org.sdescript;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.sdescript.runtime.Console;

/** Records the output of a run: the script's lines, and notes about the run. */
public final class RecordedConsole implements Console {
    private final List<String> lines = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    public List<String> lines() {
        return lines;
    }

    public List<String> notes() {
        return notes;
    }

    @Override
    public void line(String text) {
        lines.addAll(text.lines().toList());
    }

    @Override
    public void note(String text) {
        notes.add(text);
    }

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
