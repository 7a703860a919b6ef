package org.sdescript.runtime;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The output of a run. */
public interface Console {

    /** An output that shows nothing. */
    Console SILENT = new Console() {
        @Override
        public void line(String text) {}

        @Override
        public void note(String text) {}

        @Override
        public Progress progress(String title, long total) {
            return Progress.UNSEEN;
        }
    };

    /** Prints a line of the script's own output. */
    void line(String text);

    /** Prints a line about the run, such as the name of a written file. */
    void note(String text);

    /** Prints a line about the internals of the run, in verbose runs only; the text is computed only then. */
    default void detail(Supplier<String> text) {}

    /** Starts a progress display over {@code total} steps; a negative total is unknown. */
    Progress progress(String title, long total);

    /** Returns the terminal that can show pictures, if the output goes to a terminal. */
    default Optional<TerminalAbilities> screen() {
        return Optional.empty();
    }

    /** Prints a page of the manual; {@code markdown} is the same page for an output that lays text out. */
    default void page(String text, String markdown) {
        line(text);
    }

    /**
     * Shows a picture below the lines printed so far. Returns false if this output shows no pictures.
     *
     * @param forms returns the picture's bytes by MIME type; called only by an output that shows pictures
     */
    default boolean picture(Supplier<Map<String, byte[]>> forms) {
        return false;
    }

    /** A visible progress display; closing removes the display. */
    interface Progress extends AutoCloseable {
        /** A progress display without output. */
        Progress UNSEEN = new Progress() {
            @Override
            public void update(long done, Supplier<String> state) {}

            @Override
            public void close() {}
        };

        /**
         * Updates the number of finished steps; the state, such as the loss, is computed only if the display shows
         * it.
         */
        void update(long done, Supplier<String> state);

        /** Reports the loss after {@code done} steps of a training, for an output that draws its curve. */
        default void loss(long done, double loss) {}

        /** Reports the loss on validation data after {@code done} steps, for the same curve. */
        default void validation(long done, double loss) {}

        @Override
        void close();
    }
}
