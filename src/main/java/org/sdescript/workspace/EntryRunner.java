package org.sdescript.workspace;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.console.OutputFailure;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Value;
import org.sdescript.source.Source;

/** Runs entries and shows their values and errors. No error ends the session. */
public final class EntryRunner {

    private static final Pattern LEAVING = Pattern.compile("\\s*(quit|exit)\\s*(?:\\(\\s*\\))?\\s*");

    /** The next action of the prompt after an entry. */
    public enum After {
        NEXT,
        INTERRUPTED,
        QUIT
    }

    private final Workspace workspace;
    private final EntryOutput output;
    private final ManualCommands pages;
    private final Commands commands;

    public EntryRunner(Workspace workspace, Console console, EntryOutput output) {
        this.workspace = workspace;
        this.output = output;
        this.pages = new ManualCommands(workspace, console, output);
        this.commands = new Commands(workspace, console, output, pages, this::show);
    }

    /** Runs an entry; errors name it {@link Workspace#NAME}. */
    public After enter(String text) {
        return enter(new Source(Workspace.NAME, text));
    }

    /** Runs an entry under its source's name. A request to stop ends with the entry. */
    public After enter(Source source) {
        try {
            return enterPart(source);
        } finally {
            workspace.session().stop().withdraw();
        }
    }

    /** Runs a part of an entry. A request to stop remains for the next part; the caller withdraws it. */
    public After enterPart(Source source) {
        After[] after = {After.NEXT};
        try {
            boolean done = workspace.during(() -> after[0] = evaluate(source));
            if (!done) {
                output.interrupted();
            }
            return done ? after[0] : After.INTERRUPTED;
        } catch (SdeError error) {
            OutputFailure.behind(error).ifPresent(nobodyListens -> {
                throw nobodyListens;
            });
            output.errors(error.diagnostics());
        } catch (RuntimeException | Error fault) {
            output.fault(fault);
        }
        return After.NEXT;
    }

    private After evaluate(Source source) {
        String text = source.text();
        if (text.isBlank() || pages.answered(text)) {
            return After.NEXT;
        }
        if (leaves(text)) {
            return After.QUIT;
        }
        if (text.strip().startsWith(":")) {
            return commands.run(source) ? After.NEXT : After.QUIT;
        }
        workspace.run(source, this::show);
        return After.NEXT;
    }

    /** True for {@code quit} and {@code exit}, as at other prompts, unless the session has bound that name. */
    private boolean leaves(String text) {
        Matcher leaving = LEAVING.matcher(text);
        return leaving.matches() && workspace.names().own(leaving.group(1)) == null;
    }

    private void show(Statement statement, Value value) {
        if (statement instanceof Statement.Declaration) {
            output.warnings(workspace.pipeline().warnings(new Program(List.of(statement), statement.span())));
        }
        output.value(value);
    }
}
