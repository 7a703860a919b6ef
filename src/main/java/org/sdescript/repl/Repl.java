package org.sdescript.repl;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.Signals;
import org.sdescript.console.TerminalDetection;
import org.sdescript.files.OutputFolders;
import org.sdescript.files.StateFolder;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Settings;
import org.sdescript.runtime.TerminalAbilities;
import org.sdescript.runtime.Version;
import org.sdescript.workspace.EntryRunner;
import org.sdescript.workspace.Workspace;

/**
 * A session at the prompt.
 *
 * @param folders the folders for files
 * @param environment environment variables, such as TERM and NO_COLOR
 * @param debug true if faults of sde are printed with stack traces
 */
public record Repl(
        Pipeline pipeline, Settings settings, OutputFolders folders, Map<String, String> environment, boolean debug) {
    private static final int FAILED = 1;
    private static final String PROMPT = "sde> ";
    private static final String CONTINUATION = "...> ";

    /** Reads typed entries until Ctrl-D or {@code :quit}; returns the exit status. */
    public int typed(Terminal terminal) {
        boolean rich =
                TerminalDetection.isRich(environment) && !terminal.getType().startsWith(Terminal.TYPE_DUMB);
        boolean colours = rich && TerminalDetection.colours(environment);
        Console console = new PromptConsole(
                terminal.writer(),
                terminal.writer(),
                rich,
                () -> Optional.of(TerminalDetection.of(environment, terminal.getColumns(), terminal.getRows())));
        PromptOutput output = new PromptOutput(console, colours, true, debug);
        Attributes before = rich ? withoutEcho(terminal) : terminal.getAttributes();
        try (Workspace workspace = new Workspace(pipeline, settings, folders, console)) {
            LineReader reader = reader(terminal, workspace, colours);
            console.line("sde " + Version.current() + "   :help lists the commands, Ctrl-D leaves");
            CtrlC stopping = new CtrlC(workspace, console);
            EntryRunner evaluation = new EntryRunner(workspace, console, output);
            while (true) {
                Optional<String> entry = entry(reader, console);
                if (entry.isEmpty()) {
                    return 0;
                }
                var handler = terminal.handle(Terminal.Signal.INT, signal -> stopping.ask());
                stopping.begin();
                EntryRunner.After after = evaluation.enter(entry.get());
                stopping.end();
                terminal.handle(Terminal.Signal.INT, handler);
                if (after == EntryRunner.After.QUIT) {
                    return 0;
                }
            }
        } finally {
            terminal.setAttributes(before);
        }
    }

    /** Turns the terminal's echo off: JLine echoes text typed during an entry when it reads the text. */
    private static Attributes withoutEcho(Terminal terminal) {
        Attributes before = terminal.getAttributes();
        Attributes quiet = new Attributes(before);
        quiet.setLocalFlag(Attributes.LocalFlag.ECHO, false);
        terminal.setAttributes(quiet);
        return before;
    }

    /** Reads the next entry; empty at the end of the input. Ctrl-C discards the text typed so far. */
    private static Optional<String> entry(LineReader reader, Console console) {
        while (true) {
            try {
                return Optional.of(reader.readLine(PROMPT));
            } catch (UserInterruptException takenBack) {
                if (takenBack.getPartialLine().isBlank()) {
                    console.note("Ctrl-D or :quit leaves");
                }
            } catch (EndOfFileException end) {
                return Optional.empty();
            }
        }
    }

    private LineReader reader(Terminal terminal, Workspace workspace, boolean colours) {
        LineReader reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("sde")
                .parser(new EntryParser())
                .highlighter(new Highlighting(colours))
                .completer(new Completion(workspace))
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUATION)
                .variable(LineReader.HISTORY_SIZE, 5000)
                .variable(LineReader.HISTORY_FILE_SIZE, 5000)
                .variable(LineReader.LIST_MAX, 150)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
                .option(LineReader.Option.INSERT_TAB, false)
                .option(LineReader.Option.BRACKETED_PASTE, true)
                .build();
        StateFolder.file("history", environment).ifPresent(file -> reader.setVariable(LineReader.HISTORY_FILE, file));
        return reader;
    }

    /**
     * Reads entries that nobody types, continuing after errors. The exit status is 0 only if there was no error.
     *
     * @param screen the terminal that receives the output, if any
     */
    public int piped(
            BufferedReader in, PrintWriter words, PrintWriter remarks, Supplier<Optional<TerminalAbilities>> screen) {
        Console console = new PromptConsole(words, remarks, false, screen);
        PromptOutput output = new PromptOutput(console, false, false, debug);
        try (Workspace workspace = new Workspace(pipeline, settings, folders, console)) {
            PipedEntries entries = new PipedEntries(in);
            CtrlC stopping = new CtrlC(workspace, console);
            EntryRunner evaluation = new EntryRunner(workspace, console, output);
            Object before = Signals.register("INT", stopping::ask);
            try {
                for (Optional<String> entry = entries.next(); entry.isPresent(); entry = entries.next()) {
                    stopping.begin();
                    EntryRunner.After after = evaluation.enter(entry.get());
                    stopping.end();
                    switch (after) {
                        case NEXT -> {}
                        case INTERRUPTED -> {
                            return CtrlC.INTERRUPTED;
                        }
                        case QUIT -> {
                            return output.any() ? FAILED : 0;
                        }
                    }
                }
                return output.any() ? FAILED : 0;
            } finally {
                Signals.unregister("INT", before);
            }
        }
    }
}
