package org.sdescript.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.sdescript.ast.DeepStack;
import org.sdescript.console.OutputFailure;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.runtime.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code sde}: the commands and the exit status. */
@Command(
        name = "sde",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Versions.class,
        description = "Score-based generative modelling from the formula of an SDE.",
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Callable<Integer> {
    static final int DONE = 0;
    static final int SCRIPT_ERROR = 1;
    static final int USAGE = 2;
    static final int INTERRUPTED = 130;
    static final int TERMINATED = 143;
    static final int HUNG_UP = 129;

    /** The status of a process ended by SIGPIPE. */
    static final int BROKEN_PIPE = 141;

    private static final List<String> VERSION = List.of("--version", "-V");

    /** The commands by name, in the order of {@code --help}. A lambda loads no class before its command is made. */
    private static final Map<String, Supplier<Object>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("run", () -> new RunCommand());
        COMMANDS.put("sweep", () -> new SweepCommand());
        COMMANDS.put("repl", () -> new ReplCommand());
        COMMANDS.put("check", () -> new CheckCommand());
        COMMANDS.put("fmt", () -> new FmtCommand());
        COMMANDS.put("help", () -> new HelpCommand());
        COMMANDS.put("explain", () -> new ExplainCommand());
        COMMANDS.put("doc", () -> new DocCommand());
        COMMANDS.put("derive", () -> new DeriveCommand());
        COMMANDS.put("dump", () -> new DumpCommand());
        COMMANDS.put("export", () -> new ExportCommand());
        COMMANDS.put("runs", () -> new RunsCommand());
        COMMANDS.put("compare", () -> new CompareCommand());
        COMMANDS.put("new", () -> new NewCommand());
        COMMANDS.put("doctor", () -> new DoctorCommand());
        COMMANDS.put("jupyter", () -> new JupyterCommand());
        COMMANDS.put("lsp", () -> new LspCommand());
        COMMANDS.put("serve", () -> new ServeCommand());
        COMMANDS.put("completion", () -> new CompletionCommand());
    }

    /** The commands that read the others' options. */
    private static final Set<String> OF_ALL = Set.of("help", "completion");

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
        if (arguments.length > 0 && !isKernel(arguments)) {
            return execute(arguments);
        }
        // without picocli, whose classes take a fifth of the start time
        try {
            return arguments.length == 0 ? DeepStack.run(() -> new ReplCommand().call()) : kernel(arguments);
        } catch (SdeError error) {
            return new CommandErrors(false).report(error);
        }
    }

    /** True for the command line by which Jupyter starts a kernel. */
    private static boolean isKernel(String... arguments) {
        return arguments.length == 2 && arguments[0].equals("jupyter") && new File(arguments[1]).isFile();
    }

    private static int kernel(String... arguments) {
        try {
            new KernelProcess(new FolderOptions().folders("notebook")).serve(Path.of(arguments[1]));
            return DONE;
        } catch (IOException noConnection) {
            return execute(arguments); // reports the mistake
        }
    }

    /** Runs a command line and returns the exit status for the shell. */
    public static int execute(String... arguments) {
        CommandErrors errors = new CommandErrors(List.of(arguments).contains("--debug"));
        CommandLine line = line(arguments.length == 0 ? "" : arguments[0])
                .setOut(TerminalConsole.out())
                .setErr(TerminalConsole.err())
                .setUnmatchedOptionsArePositionalParams(false)
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler((exception, command, parsed) -> switch (exception) {
                    case SdeError error -> errors.report(error);
                    default -> errors.fault(exception);
                });
        return DeepStack.run(() -> line.execute(isScript(arguments) ? running(arguments) : arguments));
    }

    /**
     * Returns the command line that begins with a word. Of the commands, it has only the named one, because picocli
     * reads every class of commands that it is given, with the classes that they need.
     */
    static CommandLine line(String first) {
        CommandLine line = new CommandLine(new Main());
        boolean isOne = COMMANDS.containsKey(first) && !OF_ALL.contains(first);
        COMMANDS.forEach((name, command) -> {
            if (!isOne || name.equals(first)) {
                line.addSubcommand(command.get());
            }
        });
        return line;
    }

    /**
     * True if a file stands in the place of a command, as when the system runs a script that begins with
     * {@code #!/usr/bin/env sde}.
     */
    private static boolean isScript(String... arguments) {
        return arguments.length > 0 && !COMMANDS.containsKey(arguments[0]) && new File(arguments[0]).isFile();
    }

    private static String[] running(String... arguments) {
        return Stream.concat(Stream.of("run"), Stream.of(arguments)).toArray(String[]::new);
    }
}
