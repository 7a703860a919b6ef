package org.sdescript.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.console.ProgressBar;
import org.sdescript.console.StandardStream;
import org.sdescript.console.TerminalDetection;
import org.sdescript.diagnostic.PrintableText;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.TerminalAbilities;

/** The terminal as a run's console: the script's output on standard output, notes about the run on standard error. */
public final class TerminalConsole implements Console {
    private static final PrintWriter OUT = StandardStream.output();
    private static final PrintWriter ERR = StandardStream.errors();

    private final boolean quiet;
    private final boolean verbose;
    private final boolean interactive;
    private @Nullable ProgressBar shown;

    /** @param quiet true for only the script's output and errors */
    TerminalConsole(boolean quiet) {
        this(quiet, false);
    }

    /**
     * @param quiet true for only the script's output and errors
     * @param verbose true for details of the run as well
     */
    TerminalConsole(boolean quiet, boolean verbose) {
        this.quiet = quiet;
        this.verbose = verbose;
        this.interactive = isTerminal("err") && TerminalDetection.isRich(System.getenv());
    }

    static PrintWriter out() {
        return OUT;
    }

    static PrintWriter err() {
        return ERR;
    }

    /** True on a terminal, unless the user set NO_COLOR. */
    static boolean colours() {
        return isTerminal("err") && TerminalDetection.colours(System.getenv());
    }

    /**
     * True if the stream is a terminal. Java 21 cannot detect terminals, so the launcher does: -Dsde.terminal=out,err.
     */
    static boolean isTerminal(String stream) {
        return List.of(System.getProperty("sde.terminal", "").split(",")).contains(stream);
    }

    @Override
    public Optional<TerminalAbilities> screen() {
        return isTerminal("out") ? Optional.of(TerminalDetection.current()) : Optional.empty();
    }

    @Override
    public void line(String text) {
        clear();
        OUT.println(text);
    }

    @Override
    public void note(String text) {
        if (!quiet) {
            clear();
            ERR.println(PrintableText.lines(text));
        }
    }

    @Override
    public void detail(Supplier<String> text) {
        if (verbose) {
            clear();
            ERR.println("· " + text.get());
        }
    }

    @Override
    public Progress progress(String title, long total) {
        clear();
        ProgressBar bar = new ProgressBar(title, total, ERR, quiet, interactive);
        shown = bar;
        return bar;
    }

    private void clear() {
        if (shown != null) {
            shown.clear();
        }
    }
}
