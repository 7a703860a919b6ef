package org.sdescript.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sdescript.jupyter.JupyterFolders;
import org.sdescript.jupyter.KernelSpec;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sde jupyter install}. */
@Command(name = "install", description = "Makes the kernel known to Jupyter: writes its kernel.json and logos.")
final class JupyterInstallCommand implements Callable<Integer> {
    private static final class Place {
        @Option(names = "--user", description = "For this user; so without an option, too.")
        private boolean user;

        @Option(
                names = "--sys-prefix",
                description = "Into the active Python environment, or that of the jupyter or python3 on the PATH.")
        private boolean python;

        @Option(names = "--prefix", paramLabel = "DIR", description = "Into DIR/share/jupyter.")
        private @Nullable Path prefix;
    }

    @ArgGroup
    private Place place = new Place();

    @Mixin
    private HelpOption help = new HelpOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Path folder = new KernelSpec(OwnCommand.words()).install(data());
        TerminalConsole.out().println("wrote " + folder + "; new notebooks offer the kernel `sde`");
        return Main.DONE;
    }

    private Path data() {
        if (place.prefix != null) {
            return JupyterFolders.below(place.prefix);
        }
        JupyterFolders folders = JupyterFolders.present();
        return place.python
                ? folders.pythonPrefix()
                        .map(JupyterFolders::below)
                        .orElseThrow(() -> new CommandLine.ParameterException(
                                spec.commandLine(),
                                "no Python environment is active, and neither jupyter nor python3 is on the PATH;"
                                        + " `--prefix DIR` names the folder"))
                : folders.ofUser();
    }
}
