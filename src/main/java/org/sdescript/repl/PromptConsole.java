package org.sdescript.repl;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.console.ProgressBar;
import org.sdescript.diagnostic.PrintableText;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.TerminalAbilities;

/** The console of entries at the prompt. */
final class PromptConsole implements Console {
    private final PrintWriter words;
    private final PrintWriter remarks;
    private final boolean rich;
    private final Supplier<Optional<TerminalAbilities>> screen;
    private @Nullable ProgressBar shown;

    /**
     * @param words receives the output of entries
     * @param remarks receives errors and notes about the run
     * @param rich true if the terminal can erase text, which a progress bar needs
     */
    PromptConsole(PrintWriter words, PrintWriter remarks, boolean rich, Supplier<Optional<TerminalAbilities>> screen) {
        this.words = words;
        this.remarks = remarks;
        this.rich = rich;
        this.screen = screen;
    }

    @Override
    public void line(String text) {
        clear();
        words.println(text);
        words.flush();
    }

    @Override
    public void note(String text) {
        clear();
        remarks.println(PrintableText.lines(text));
        remarks.flush();
    }

    @Override
    public Optional<TerminalAbilities> screen() {
        return screen.get();
    }

    @Override
    public Progress progress(String title, long total) {
        clear();
        ProgressBar bar = new ProgressBar(title, total, remarks, false, rich);
        shown = bar;
        return bar;
    }

    private void clear() {
        if (shown != null) {
            shown.clear();
        }
    }
}
