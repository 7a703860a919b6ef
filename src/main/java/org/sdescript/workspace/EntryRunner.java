package org.sdescript.workspace;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.console.OutputFailure;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.display.ValueView;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Value;
import org.sdescript.source.Source;

/** Runs entries, shows their values and prints their errors. No error ends the session. */
public final class EntryRunner {

    private static final Pattern LEAVING = Pattern.compile("\\s*(quit|exit)\\s*(?:\\(\\s*\\))?\\s*");

    /** The next action of the prompt after an entry. */
    public enum After {
        NEXT,
        INTERRUPTED,
        QUIT
    }

    private final Workspace workspace;
    private final Console console;
    private final EntryErrors errors;
    private final ManualCommands pages;
    private final Commands commands;

    public EntryRunner(Workspace workspace, Console console, EntryErrors errors) {
        this.workspace = workspace;
        this.console = console;
        this.errors = errors;
        this.pages = new ManualCommands(workspace, console, errors);
        this.commands = new Commands(workspace, console, errors, pages, this::show);
    }

    public After enter(String text) {
        After[] after = {After.NEXT};
        try {
            boolean done = workspace.during(() -> after[0] = evaluate(text));
            return done ? after[0] : After.INTERRUPTED;
        } catch (SdeError error) {
            OutputFailure.behind(error).ifPresent(nobodyListens -> {
                throw nobodyListens;
            });
            errors.report(error.diagnostics());
        } catch (RuntimeException | Error fault) {
            errors.fault(fault);
        }
        return After.NEXT;
    }

    private After evaluate(String text) {
        if (text.isBlank() || pages.answered(text)) {
            return After.NEXT;
        }
        if (leaves(text)) {
            return After.QUIT;
        }
        if (text.strip().startsWith(":")) {
            return commands.run(text) ? After.NEXT : After.QUIT;
        }
        workspace.run(new Source(Workspace.NAME, text), this::show);
        return After.NEXT;
    }

    /** True for {@code quit} and {@code exit}, as at other prompts, unless the session has bound that name. */
    private boolean leaves(String text) {
        Matcher leaving = LEAVING.matcher(text);
        return leaving.matches() && workspace.names().own(leaving.group(1)) == null;
    }

    private void show(Statement statement, Value value) {
        if (statement instanceof Statement.Declaration) {
            errors.warn(workspace.pipeline().warnings(new Program(List.of(statement), statement.span())));
        }
        ValueView.of(value, console).ifPresent(console::line);
    }
}
