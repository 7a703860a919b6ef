package org.sdescript.display;

import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.sdescript.console.ProgressText;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.plot.FigureForms;
import org.sdescript.runtime.Console;

/**
 * Progress in a notebook or on a page, updated in place: a line of text with the rate and the time left, and for a
 * training the curve of its loss. Work that ends within a moment shows nothing, except a training.
 */
public final class LiveProgress implements Console.Progress {
    /** A display that is updated in place. */
    @FunctionalInterface
    public interface Display {
        void show(MimeBundle bundle, boolean isUpdate);
    }

    private static final long FIRST = 1_000_000_000L;
    private static final long EVERY = 500_000_000L;

    /** The work takes this many times as long as its display. */
    private static final long LEAST_WORK = 20;

    private final LongSupplier clock;
    private final ProgressText words;
    private final LossCurve curve = new LossCurve();
    private final LossCurve validation = new LossCurve();
    private final Display display;
    private long next;
    private boolean isShown;
    private Supplier<String> state = () -> "";

    public LiveProgress(String title, long total, Display display) {
        this(title, total, display, System::nanoTime);
    }

    /** @param clock the time in nanoseconds, from any origin */
    LiveProgress(String title, long total, Display display, LongSupplier clock) {
        this.clock = clock;
        long start = clock.getAsLong();
        this.words = new ProgressText(title, total, start);
        this.display = display;
        this.next = start + FIRST;
    }

    @Override
    public void update(long done, Supplier<String> word) {
        words.done(done);
        state = word;
        long now = clock.getAsLong();
        if (now >= next) {
            show(words.at(now, word.get()));
            long shown = clock.getAsLong();
            next = shown + Math.max(EVERY, (shown - now) * LEAST_WORK);
        }
    }

    @Override
    public void loss(long done, double loss) {
        curve.add(done, loss);
    }

    @Override
    public void validation(long done, double loss) {
        validation.add(done, loss);
    }

    private void show(String text) {
        MimeBundle bundle = curve.isEmpty()
                ? MimeBundle.text(text)
                : MimeBundle.picture(text, Map.of(FigureForms.SVG, curve.svg(text, validation)));
        display.show(bundle, isShown);
        isShown = true;
    }

    /** Shows the summary in the place of the progress. */
    @Override
    public void close() {
        if (isShown || !curve.isEmpty()) {
            // an interrupted training shows its last state, too
            StopRequest.ignoring(() -> show(words.summary(clock.getAsLong(), state.get())));
        }
    }
}
