package org.sdescript.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jline.utils.Signals;
import org.sdescript.backend.Backend;
import org.sdescript.files.OutputFolders;
import org.sdescript.files.StateFolder;
import org.sdescript.jupyter.Connection;
import org.sdescript.jupyter.History;
import org.sdescript.jupyter.Kernel;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.runtime.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sde jupyter}. */
@Command(
        name = "jupyter",
        description = "Runs the kernel of a notebook; `sde jupyter install` makes it known to Jupyter.",
        subcommands = JupyterInstallCommand.class)
final class JupyterCommand implements Callable<Integer> {
    /** The process that started the kernel, in the variable that Jupyter sets. */
    private static final String PARENT = "JPY_PARENT_PID";

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The connection file that Jupyter writes, or install.")
    private Path file;

    @Option(names = "--out", paramLabel = "DIR", description = "The folder for files; runs/notebook if not given.")
    private Path out;

    @Mixin
    private WriteOption write = new WriteOption();

    @Mixin
    private HelpOption help = new HelpOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Kernel kernel = new Kernel(
                new Pipeline(),
                Settings.standard(),
                folders(),
                connection(),
                new History(StateFolder.file("notebooks", System.getenv())));
        Signals.register("INT", kernel::interrupt);
        Signals.register("TERM", kernel::stop);
        parent().ifPresent(parent -> parent.onExit().thenRun(kernel::stop));
        if (!kernel.run()) {
            // native code must not run while the JVM shuts down
            Backend.leave(Main.DONE);
        }
        return Main.DONE;
    }

    private Connection connection() {
        if (file == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "missing: the connection file, or install for `sde jupyter install`");
        }
        try {
            return Connection.read(file);
        } catch (IOException none) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    file + " is no connection file of Jupyter (" + none.getMessage()
                            + "); `sde jupyter install` makes the kernel known to Jupyter, which then starts it");
        }
    }

    private OutputFolders folders() {
        return write.with(
                out != null
                        ? OutputFolders.of(out)
                        : OutputFolders.of(Path.of("runs", "notebook")).requireBelow(Path.of("")));
    }

    /** The process that started this one, if Jupyter did: a kernel ends with its server. */
    private static Optional<ProcessHandle> parent() {
        String known = System.getenv().getOrDefault(PARENT, "");
        return ProcessHandle.current().parent().filter(parent -> known.equals(String.valueOf(parent.pid())));
    }
}
