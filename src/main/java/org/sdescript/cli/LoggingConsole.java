package org.sdescript.cli;

import java.io.PrintWriter;
import java.util.function.Supplier;
import org.sdescript.diagnostic.PrintableText;
import org.sdescript.runtime.Console;

/** The console of a run whose output goes to a file; its progress is shown by another console. */
final class LoggingConsole implements Console {
    private final PrintWriter log;
    private final Console shown;
    private final String title;

    /** @param title the name of the run, before the title of each progress display */
    LoggingConsole(PrintWriter log, Console shown, String title) {
        this.log = log;
        this.shown = shown;
        this.title = title;
    }

    @Override
    public void line(String text) {
        log.println(text);
    }

    @Override
    public void note(String text) {
        log.println(PrintableText.lines(text));
    }

    @Override
    public void detail(Supplier<String> text) {
        shown.detail(text);
    }

    @Override
    public Progress progress(String what, long total) {
        return shown.progress(title + ": " + what, total);
    }
}
