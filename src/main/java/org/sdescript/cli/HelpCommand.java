package org.sdescript.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sdescript.manual.ErrorPage;
import org.sdescript.manual.ErrorPages;
import org.sdescript.manual.Help;
import org.sdescript.manual.Manual;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.runtime.Chapter;
import org.sdescript.site.Site;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sde help langevin}. */
@Command(
        name = "help",
        description = "Explains a name of the language or of a script, or a command; without a name, lists all names.",
        customSynopsis = {"sde help [--web] [NAME] [SCRIPT]", "sde help SCRIPT"})
final class HelpCommand implements Callable<Integer> {
    private static final String SCRIPT_ENDING = ".sde";

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "A function, process, sampler, word, kind of value, theme or command.")
    private @Nullable String name;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SCRIPT",
            description = "A script whose declarations are searched first; alone, its declarations are listed.")
    private @Nullable Path script;

    @Option(
            names = "--web",
            description = "Opens the page in the browser, with the derivations of processes; prints its address.")
    private boolean web;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        if (script == null && name != null && name.endsWith(SCRIPT_ENDING)) {
            script = Path.of(name);
            name = Chapter.SCRIPT.word();
        }
        if (web && script != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--web opens the pages of the language; those of a script are printed only");
        }
        Pipeline pipeline = new Pipeline();
        if (web) {
            return inBrowser(pipeline);
        }
        Manual manual = script == null ? pipeline.manual() : pipeline.manual(ScriptFile.read(script));
        Help pages = new Help(manual);
        if (name == null) {
            TerminalConsole.out().println(pages.contents().text());
            return Main.DONE;
        }
        CommandLine command = spec.commandLine().getParent().getSubcommands().get(name);
        if (command != null) {
            command.usage(TerminalConsole.out());
        }
        Optional<String> page = pages.about(name);
        page.ifPresent(text -> TerminalConsole.out().println(command == null ? text : "\n" + text));
        if (command == null && page.isEmpty()) {
            Optional<ErrorPage> error = new ErrorPages().of(name);
            if (error.isPresent()) {
                TerminalConsole.out().println(error.get().forTerminal());
                return Main.DONE;
            }
            TerminalConsole.err()
                    .println(
                            name.equals(Chapter.SCRIPT.word())
                                    ? script + " declares nothing"
                                    : "sde help: " + pages.unknown(name));
            return Main.USAGE;
        }
        return Main.DONE;
    }

    /** Shows the page of the site; names of a script have none. */
    private int inBrowser(Pipeline pipeline) {
        Map<String, String> environment = System.getenv();
        WebHelp pages = new WebHelp(pipeline, environment);
        String wanted = name;
        boolean command = spec.commandLine().getParent().getSubcommands().containsKey(wanted);
        Optional<String> place = wanted == null ? Optional.of(Site.FIRST) : pages.place(wanted, command);
        if (wanted != null && place.isEmpty()) {
            TerminalConsole.err().println("sde help: " + new Help(pipeline.manual()).unknown(wanted));
            return Main.USAGE;
        }
        String address = pages.site().toUri() + place.get();
        boolean shown = Browser.show(address, environment);
        TerminalConsole.out().println((shown ? "" : "no browser was found; the page is ") + address);
        return Main.DONE;
    }
}
