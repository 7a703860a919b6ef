package org.sdescript.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.sdescript.console.OutputFailure;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.Renderer;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.pipeline.WrongOption;

/** Tells the user what went wrong. Stack traces only when asked for. */
final class Errors {
    private final boolean debug;
    private final PrintWriter out;
    private final Renderer renderer;
    private final boolean toPerson;

    Errors(boolean debug) {
        this(debug, Terminal.err(), Terminal.colours(), Terminal.isTerminal("err"));
    }

    /** Tells another writer, without colours. */
    Errors(boolean debug, PrintWriter out) {
        this(debug, out, false, false);
    }

    private Errors(boolean debug, PrintWriter out, boolean colour, boolean toPerson) {
        this.debug = debug;
        this.out = out;
        this.renderer = new Renderer(colour);
        this.toPerson = toPerson;
    }

    /** To a person it is also said where more is told of these errors. */
    void show(List<Diagnostic> diagnostics) {
        diagnostics.forEach(diagnostic -> out.println(renderer.render(diagnostic)));
        if (toPerson && !diagnostics.isEmpty()) {
            out.println("more on " + (diagnostics.size() == 1 ? "this" : "these") + ": sde explain "
                    + diagnostics.stream().map(Diagnostic::code).distinct().collect(Collectors.joining(" ")));
        }
    }

    /** A mistake in the script, or in the options it was given. */
    int report(SdeError error) {
        if (OutputFailure.behind(error).filter(OutputFailure::isPipe).isPresent()) {
            return Main.BROKEN_PIPE;
        }
        show(error.diagnostics());
        trace(error);
        return error instanceof WrongOption ? Main.USAGE : Main.SCRIPT_ERROR;
    }

    /** A fault of ours. */
    int fault(Throwable fault) {
        out.println("bug in sde: " + fault + System.lineSeparator()
                + "This is not your script's fault. Please report it with the script and the output of --debug.");
        trace(fault);
        return Main.SCRIPT_ERROR;
    }

    private void trace(Throwable thrown) {
        if (debug) {
            thrown.printStackTrace(out);
        }
    }
}
