package org.sdescript.cli;

import java.io.File;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.sdescript.ast.DeepStack;
import org.sdescript.console.OutputFailure;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.pipeline.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code sde}: the commands and the exit status. */
@Command(
        name = "sde",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Versions.class,
        description = "Score-based generative modelling from the formula of an SDE.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            ReplCommand.class,
            CheckCommand.class,
            FmtCommand.class,
            HelpCommand.class,
            ExplainCommand.class,
            DocCommand.class,
            DeriveCommand.class,
            DumpCommand.class,
            ExportCommand.class,
            RunsCommand.class,
            CompareCommand.class,
            NewCommand.class,
            DoctorCommand.class,
            JupyterCommand.class,
            LspCommand.class,
            ServeCommand.class,
            CompletionCommand.class
        })
public final class Main implements Callable<Integer> {
    static final int DONE = 0;
    static final int SCRIPT_ERROR = 1;
    static final int USAGE = 2;
    static final int INTERRUPTED = 130;

    /** The status of a process ended by SIGPIPE. */
    static final int BROKEN_PIPE = 141;

    private static final List<String> VERSION = List.of("--version", "-V");

    static final class Versions implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"sde " + Version.current()};
        }
    }

    /** Opens the prompt if no command is given. */
    @Override
    public Integer call() {
        return new ReplCommand().call();
    }

    public static void main(String[] arguments) {
        try {
            System.exit(status(arguments));
        } catch (OutputFailure unheard) {
            System.exit(new CommandErrors(false).report(unheard));
        }
    }

    private static int status(String... arguments) {
        if (arguments.length == 1 && VERSION.contains(arguments[0])) {
            TerminalConsole.out()
                    // the most frequent use, answered before picocli loads its commands
                    .println("sde " + Version.current());
            return DONE;
        }
        System.setProperty("java.awt.headless", "true");
        return arguments.length == 0 ? prompt() : execute(arguments);
    }

    /** Opens the prompt without picocli, whose classes take a tenth of the start time. */
    private static int prompt() {
        try {
            return DeepStack.run(() -> new ReplCommand().call());
        } catch (SdeError error) {
            return new CommandErrors(false).report(error);
        }
    }

    /** Runs a command line and returns the exit status for the shell. */
    public static int execute(String... arguments) {
        CommandErrors errors = new CommandErrors(List.of(arguments).contains("--debug"));
        CommandLine line = new CommandLine(new Main())
                .setOut(TerminalConsole.out())
                .setErr(TerminalConsole.err())
                .setUnmatchedOptionsArePositionalParams(false)
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler((exception, command, parsed) -> switch (exception) {
                    case SdeError error -> errors.report(error);
                    default -> errors.fault(exception);
                });
        return DeepStack.run(() -> line.execute(isScript(arguments, line) ? running(arguments) : arguments));
    }

    /**
     * True if a file stands in the place of a command, as when the system runs a script that begins with
     * {@code #!/usr/bin/env sde}.
     */
    private static boolean isScript(String[] arguments, CommandLine line) {
        return arguments.length > 0
                && !line.getSubcommands().containsKey(arguments[0])
                && new File(arguments[0]).isFile();
    }

    private static String[] running(String... arguments) {
        return Stream.concat(Stream.of("run"), Stream.of(arguments)).toArray(String[]::new);
    }
}
