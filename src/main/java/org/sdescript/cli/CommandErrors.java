package org.sdescript.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.sdescript.console.OutputFailure;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.Renderer;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.pipeline.WrongOption;

/** Prints errors for the user. Stack traces appear only with {@code --debug}. */
final class CommandErrors {
    private final boolean debug;
    private final PrintWriter out;
    private final Renderer renderer;
    private final boolean toPerson;

    CommandErrors(boolean debug) {
        this(debug, TerminalConsole.err(), TerminalConsole.colours(), TerminalConsole.isTerminal("err"));
    }

    /** Prints to another writer, without colours. */
    CommandErrors(boolean debug, PrintWriter out) {
        this(debug, out, false, false);
    }

    private CommandErrors(boolean debug, PrintWriter out, boolean colour, boolean toPerson) {
        this.debug = debug;
        this.out = out;
        this.renderer = new Renderer(colour);
        this.toPerson = toPerson;
    }

    /** Prints diagnostics; on a terminal also the command that explains them. */
    void show(List<Diagnostic> diagnostics) {
        diagnostics.forEach(diagnostic -> out.println(renderer.render(diagnostic)));
        if (toPerson && !diagnostics.isEmpty()) {
            out.println("more on " + (diagnostics.size() == 1 ? "this" : "these") + ": sde explain "
                    + diagnostics.stream().map(Diagnostic::code).distinct().collect(Collectors.joining(" ")));
        }
    }

    /** Prints an error of the script or its options; returns the exit status. */
    int report(SdeError error) {
        if (OutputFailure.behind(error).filter(OutputFailure::isPipe).isPresent()) {
            return Main.BROKEN_PIPE;
        }
        show(error.diagnostics());
        trace(error);
        return error instanceof WrongOption ? Main.USAGE : Main.SCRIPT_ERROR;
    }

    /** Prints a fault of sde; returns the exit status. */
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
