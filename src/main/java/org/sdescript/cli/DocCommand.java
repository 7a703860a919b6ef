package org.sdescript.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sdescript.files.AtomicFile;
import org.sdescript.manual.ErrorPages;
import org.sdescript.manual.Reference;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.site.Site;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sde doc}. */
@Command(
        name = "doc",
        description =
                "Writes the reference of the language and the pages of errors as Markdown, prints the reference of a"
                        + " script, or writes all pages as HTML.")
final class DocCommand implements Callable<Integer> {

    @Mixin
    private HelpOption help = new HelpOption();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            defaultValue = "docs",
            description = "The folder for reference/ and errors/; ${DEFAULT-VALUE} if not given.")
    private Path folder;

    @Option(
            names = "--html",
            paramLabel = "DIR",
            description = "Writes all pages as HTML into a folder: guide, mathematics, reference, errors and gallery.")
    private Path html;

    @Parameters(arity = "0..1", paramLabel = "SCRIPT", description = "The script whose reference is printed.")
    private @Nullable Path script;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (html != null && script != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--html writes the pages of the language, and not those of a script");
        }
        Pipeline pipeline = new Pipeline();
        if (html != null) {
            Site site = DocumentationSite.made(pipeline, html);
            site.writeTo(html);
            TerminalConsole.out()
                    .println("wrote " + site.files().size() + " files to " + html + "; open "
                            + html.resolve(Site.FIRST));
            return Main.DONE;
        }
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
