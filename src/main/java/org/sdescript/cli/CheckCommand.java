package org.sdescript.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sde check script.sde …}. */
@Command(name = "check", description = "Says what is wrong with scripts without running them.")
final class CheckCommand implements Callable<Integer> {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This text.")
    private boolean help;

    @Parameters(arity = "1..*", paramLabel = "SCRIPT", description = "The scripts.")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() {
        Pipeline pipeline = new Pipeline();
        List<Diagnostic> found = new ArrayList<>();
        for (Path file : files) {
            found.addAll(pipeline.check(ScriptFile.read(file)));
        }
        new Errors(false).show(found);
        return found.stream().anyMatch(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR)
                ? Main.SCRIPT_ERROR
                : Main.DONE;
    }
}
