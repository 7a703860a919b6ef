package org.sdescript.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code source <(sde completion)}. */
@Command(name = "completion", description = "Prints the completion script for bash and zsh: source <(sde completion)")
final class CompletionCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help = new HelpOption();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        TerminalConsole.out().print(AutoComplete.bash("sde", spec.root().commandLine()));
        TerminalConsole.out().flush();
        return Main.DONE;
    }
}
