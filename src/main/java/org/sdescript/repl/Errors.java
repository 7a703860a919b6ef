package org.sdescript.repl;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.Renderer;
import org.sdescript.runtime.Console;

/** Tells what went wrong with an entry. */
final class Errors {
    private final Console console;
    private final Renderer renderer;
    private final boolean toPerson;
    private final boolean debug;
    private boolean any;

    /** @param toPerson whether it is also said where more is told of an error */
    Errors(Console console, boolean colour, boolean toPerson, boolean debug) {
        this.console = console;
        this.renderer = new Renderer(colour);
        this.toPerson = toPerson;
        this.debug = debug;
    }

    /** Whether there was an error so far. */
    boolean any() {
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

    /** A mistake in a command, or another that no place in a script has. */
    void report(String message) {
        any = true;
        console.note(message);
    }

    /** A fault of ours; the session goes on. */
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
