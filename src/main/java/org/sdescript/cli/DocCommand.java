package org.sdescript.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sdescript.files.AtomicFile;
import org.sdescript.manual.ErrorPages;
import org.sdescript.manual.Reference;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sde doc}. */
@Command(
        name = "doc",
        description =
                "Writes the reference of the language and the pages of errors as Markdown, or prints the reference"
                        + " of a script.")
final class DocCommand implements Callable<Integer> {

    @Mixin
    private HelpOption help = new HelpOption();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            defaultValue = "docs",
            description = "The folder for reference/ and errors/; ${DEFAULT-VALUE} if not given.")
    private Path folder;

    @Parameters(arity = "0..1", paramLabel = "SCRIPT", description = "The script whose reference is printed.")
    private Path script;

    @Override
    public Integer call() {
        Pipeline pipeline = new Pipeline();
        if (script != null) {
            String page = new Reference(pipeline.manual(ScriptFile.read(script)))
                    .ofScript(script.getFileName().toString());
            TerminalConsole.out().print(page);
            TerminalConsole.out().flush();
            return Main.DONE;
        }
        write("reference", new Reference(pipeline.manual()).pages());
        write("errors", new ErrorPages().files());
        return Main.DONE;
    }

    private void write(String part, Map<String, String> pages) {
        Path below = folder.resolve(part);
        AtomicFile.requireFolder(below);
        pages.forEach((name, text) -> AtomicFile.write(below.resolve(name), text));
        TerminalConsole.out().println("wrote " + pages.size() + " pages to " + below);
    }
}
