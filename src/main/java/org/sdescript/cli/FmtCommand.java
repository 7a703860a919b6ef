package org.sdescript.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.AtomicFile;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.source.Source;
import org.sdescript.syntax.format.Formatted;
import org.sdescript.syntax.format.Formatter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sde fmt script.sde …}. */
@Command(name = "fmt", description = "Writes scripts in their canonical form and lists the changed ones.")
final class FmtCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    @Mixin
    private HelpOption help = new HelpOption();

    @Option(
            names = "--check",
            description =
                    "Changes no file, lists the scripts that would change, and exits with status 1 if there are any.")
    private boolean check;

    @Parameters(
            arity = "1..*",
            paramLabel = "SCRIPT",
            description = "The scripts; - formats standard input to standard output.")
    private List<String> files = new ArrayList<>();

    private final CommandErrors errors = new CommandErrors(false);

    @Override
    public Integer call() {
        int status = Main.DONE;
        for (String file : files) {
            status = Math.max(status, format(file));
        }
        return status;
    }

    /** Formats a file. An unreadable file or a syntax error does not prevent the formatting of other files. */
    private int format(String file) {
        try {
            Source source = ScriptFile.read(Path.of(file));
            Formatted formatted = Formatter.format(source);
            return finish(file, formatted.orThrow(), !formatted.text().equals(source.text()));
        } catch (SdeError error) {
            return errors.report(error);
        }
    }

    private int finish(String file, String text, boolean changed) {
        if (file.equals(STANDARD_INPUT) && !check) {
            TerminalConsole.out().print(text);
            TerminalConsole.out().flush();
        } else if (changed) {
            if (!check) {
                AtomicFile.write(Path.of(file), text);
            }
            TerminalConsole.out().println(file);
        }
        return changed && check ? Main.SCRIPT_ERROR : Main.DONE;
    }
}
