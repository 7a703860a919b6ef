package org.sdescript.workspace;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sdescript.manual.ErrorPage;
import org.sdescript.manual.ErrorPages;
import org.sdescript.manual.Help;
import org.sdescript.manual.HelpPage;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Interpreter;
import org.sdescript.source.Source;

/**
 * Answers requests written without parentheses: {@code help langevin}, {@code explain E0203}, {@code describe score}.
 */
final class ManualCommands {
    private static final Pattern ASKED =
            Pattern.compile("\\s*(help|explain|describe)(?:\\s+\"?([:\\p{L}_][\\p{L}\\p{M}\\p{N}_.]*)\"?)?\\s*");
    private static final Pattern CODE = Pattern.compile("[EW]?[0-9]{1,4}|[EWew][0-9]{4}");

    private final Workspace workspace;
    private final Console console;
    private final EntryOutput output;
    private @Nullable Help help;

    ManualCommands(Workspace workspace, Console console, EntryOutput output) {
        this.workspace = workspace;
        this.console = console;
        this.output = output;
    }

    /** Answers an entry of this form. Returns false for any other entry. */
    boolean answered(String entry) {
        Matcher asked = ASKED.matcher(entry);
        if (!asked.matches() || workspace.names().own(asked.group(1)) != null) {
            return false;
        }
        Optional<String> name = Optional.ofNullable(asked.group(2));
        switch (asked.group(1)) {
            case "help" -> help(name.orElse(""));
            case "explain" -> explain(name);
            case "describe" -> call("describe(" + name.orElse("") + ")");
            default -> throw new IllegalStateException(entry);
        }
        return true;
    }

    /**
     * Prints help on a name: on its value if the session has bound it, else from the manual. An empty name lists all
     * names.
     */
    void help(String name) {
        Help manual = manual();
        if (name.isEmpty()) {
            String more = "\n\n`:help` lists the commands of the prompt.";
            HelpPage contents = manual.contents();
            console.page(contents.text() + more, contents.markdown() + more);
        } else if (workspace.names().own(name.split("\\.")[0]) != null) {
            call("help(" + name + ")");
        } else if (CODE.matcher(name).matches()) {
            explain(Optional.of(name));
        } else {
            manual.page(name)
                    .ifPresentOrElse(
                            page -> console.page(page.text(), page.markdown()),
                            () -> output.mistake(manual.unknown(name)));
        }
    }

    private Help manual() {
        if (help == null) {
            help = new Help(workspace.pipeline().manual());
        }
        return help;
    }

    private void explain(Optional<String> name) {
        ErrorPages all = new ErrorPages();
        if (name.isEmpty()) {
            console.line(all.list());
        } else if (!CODE.matcher(name.get()).matches()) {
            call("print(explain(" + name.get() + "))");
        } else {
            Optional<ErrorPage> page = all.of(name.get());
            String wayOut = all.nearest(name.get())
                    .map(near -> "did you mean `explain " + near + "`?")
                    .orElse("`explain` lists the codes there are");
            page.ifPresentOrElse(
                    found -> console.page(found.forTerminal(), found.markdown()),
                    () -> output.mistake("there is no error " + name.get() + "; " + wayOut));
        }
    }

    private void call(String statement) {
        workspace.run(new Source(Workspace.NAME, statement), Interpreter.Listener.NONE);
    }
}
