package org.sdescript.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.source.Source;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sde check script.sde …}: checks scripts and their imports. Warnings alone do not fail. */
@Command(name = "check", description = "Reports mistakes in scripts and their imports without running the scripts.")
final class CheckCommand implements Callable<Integer> {

    @Mixin
    private HelpOption help = new HelpOption();

    @Option(names = "--json", description = "Prints a JSON array with one object for each error or warning.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Prints errors only, no warnings.")
    private boolean quiet;

    @Parameters(arity = "1..*", paramLabel = "SCRIPT", description = "The scripts; - reads standard input.")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() {
        List<Diagnostic> found = new ArrayList<>();
        List<Source> sources = new ArrayList<>();
        for (Path file : files) {
            try {
                sources.add(ScriptFile.read(file));
            } catch (SdeError unreadable) {
                found.addAll(unreadable.diagnostics());
            }
        }
        found.addAll(new Pipeline().check(sources.toArray(Source[]::new)));
        List<Diagnostic> told =
                quiet ? found.stream().filter(Diagnostic::isError).toList() : found;
        if (json) {
            TerminalConsole.out().println(DiagnosticsAsJson.of(told));
        } else {
            new CommandErrors(false).show(told);
        }
        return found.stream().anyMatch(Diagnostic::isError) ? Main.SCRIPT_ERROR : Main.DONE;
    }
}
