package org.sdescript.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import org.sdescript.console.TerminalDetection;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.repl.Repl;
import org.sdescript.runtime.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code sde repl}, and {@code sde} without a command. */
@Command(
        name = "repl",
        description = "Opens the prompt, as sde without arguments does. Entries may come through a pipe.")
final class ReplCommand implements Callable<Integer> {
    /** A strong reference, because a collected logger loses its level. */
    private static final Logger JLINE = Logger.getLogger("org.jline");

    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Option(names = "--seed", paramLabel = "N", description = "The seed of the session; 0 if not given.")
    private @Nullable Long seed;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--debug", description = "Prints stack traces with faults of sde.")
    private boolean debug;

    @Mixin
    private HelpOption help = new HelpOption();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        Settings standard =
                cluster.in(Settings.standard(), message -> new ParameterException(spec.commandLine(), message));
        Settings settings = seed == null ? standard : standard.seed(seed);
        Repl repl = new Repl(new Pipeline(), settings, folders.folders("repl"), System.getenv(), debug);
        if (!TerminalConsole.isTerminal("in") || !TerminalConsole.isTerminal("out")) {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            return repl.piped(in, TerminalConsole.out(), TerminalConsole.err(), new TerminalConsole(false)::screen);
        }
        JLINE.setLevel(Level.SEVERE);
        try (var terminal = TerminalBuilder.builder()
                .name("sde")
                .type(TerminalDetection.type(System.getenv()))
                .system(true)
                .dumb(true)
                .encoding(StandardCharsets.UTF_8)
                .build()) {
            return repl.typed(terminal);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
