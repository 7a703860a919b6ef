package org.sdescript.runtime;

import java.util.Optional;
import java.util.function.Supplier;

/** Where a run's words go. */
public interface Console {

    /** A line of the script's own output. */
    void line(String text);

    /** A line about the run, such as a file that was written. */
    void note(String text);

    /** A line about how the run is done, for those who ask to be told; it is worded only for them. */
    default void detail(Supplier<String> text) {}

    /** Starts a display of progress over {@code total} steps; a negative total is unknown. */
    Progress progress(String title, long total);

    /** The terminal that pictures can be shown in, if the run's words go to one. */
    default Optional<Screen> screen() {
        return Optional.empty();
    }

    /** Progress that is being shown; closing it takes it away. */
    interface Progress extends AutoCloseable {
        /** Progress that nobody sees. */
        Progress UNSEEN = new Progress() {
            @Override
            public void update(long done, Supplier<String> state) {}

            @Override
            public void close() {}
        };

        /** Tells how far the work is, and how to say its state, such as the loss, if it is shown. */
        void update(long done, Supplier<String> state);

        @Override
        void close();
    }
}
