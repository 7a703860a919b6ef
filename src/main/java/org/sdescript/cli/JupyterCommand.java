package org.sdescript.cli;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sde jupyter}. */
@Command(
        name = "jupyter",
        description = "Runs the kernel of a notebook; `sde jupyter install` makes it known to Jupyter.",
        subcommands = JupyterInstallCommand.class)
final class JupyterCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The connection file that Jupyter writes, or install.")
    private @Nullable Path file;

    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Mixin
    private HelpOption help = new HelpOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (file == null) {
            throw usage("missing: the connection file, or install for `sde jupyter install`");
        }
        try {
            new KernelProcess(folders.folders("notebook")).serve(file);
        } catch (BindException taken) {
            throw usage("the kernel has no connection: " + taken.getMessage()
                    + "; Jupyter chooses free ports when it starts the kernel");
        } catch (IOException none) {
            throw usage(file + " is no connection file of Jupyter (" + none.getMessage()
                    + "); `sde jupyter install` makes the kernel known to Jupyter, which then starts it");
        }
        return Main.DONE;
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
