package org.sdescript.repl;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.Renderer;
import org.sdescript.display.ValueView;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Value;
import org.sdescript.workspace.EntryOutput;

/** Prints the values and errors of entries as lines. */
final class PromptOutput implements EntryOutput {
    private final Console console;
    private final Renderer renderer;
    private final boolean toPerson;
    private final boolean debug;
    private boolean any;

    /** @param toPerson true if the command that explains an error is printed, too */
    PromptOutput(Console console, boolean colour, boolean toPerson, boolean debug) {
        this.console = console;
        this.renderer = new Renderer(colour);
        this.toPerson = toPerson;
        this.debug = debug;
    }

    /** True if any entry had an error. */
    boolean any() {
        return any;
    }

    @Override
    public void value(Value value) {
        ValueView.of(value, console).ifPresent(console::line);
    }

    @Override
    public void errors(List<Diagnostic> diagnostics) {
        any = true;
        diagnostics.forEach(
                diagnostic -> console.note(renderer.render(diagnostic).stripTrailing()));
        if (toPerson) {
            console.note("more on this: explain "
                    + diagnostics.stream().map(Diagnostic::code).distinct().collect(Collectors.joining(" ")));
        }
    }

    @Override
    public void warnings(List<Diagnostic> warnings) {
        warnings.forEach(warning -> console.note(renderer.render(warning).stripTrailing()));
    }

    @Override
    public void mistake(String message) {
        any = true;
        console.note(message);
    }

    @Override
    public void interrupted() {
        console.note("interrupted");
    }

    @Override
    public void fault(Throwable fault) {
        any = true;
        console.note("bug in sde: " + fault + "\nThis is not your fault. Please report it with what you entered"
                + (debug ? "." : ", and the output of `sde repl --debug`."));
        if (debug) {
            StringWriter trace = new StringWriter();
            fault.printStackTrace(new PrintWriter(trace));
            console.note(trace.toString());
        }
    }
}
