package org.sdescript.workspace;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.Renderer;
import org.sdescript.runtime.Console;

/** Prints the errors of entries. */
public final class EntryErrors {
    private final Console console;
    private final Renderer renderer;
    private final boolean toPerson;
    private final boolean debug;
    private boolean any;

    /** @param toPerson true if the command that explains an error is printed, too */
    public EntryErrors(Console console, boolean colour, boolean toPerson, boolean debug) {
        this.console = console;
        this.renderer = new Renderer(colour);
        this.toPerson = toPerson;
        this.debug = debug;
    }

    /** True if any entry had an error. */
    public boolean any() {
        return any;
    }

    void report(List<Diagnostic> diagnostics) {
        any = true;
        diagnostics.forEach(
                diagnostic -> console.note(renderer.render(diagnostic).stripTrailing()));
        if (toPerson) {
            console.note("more on this: explain "
                    + diagnostics.stream().map(Diagnostic::code).distinct().collect(Collectors.joining(" ")));
        }
    }

    void warn(List<Diagnostic> warnings) {
        warnings.forEach(warning -> console.note(renderer.render(warning).stripTrailing()));
    }

    /** Prints an error without a position in a script, such as a mistake in a command. */
    void report(String message) {
        any = true;
        console.note(message);
    }

    /** Prints a fault of sde; the session continues. */
    void fault(Throwable fault) {
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
