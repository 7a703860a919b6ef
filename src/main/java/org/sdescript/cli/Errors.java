package org.sdescript.cli;

import java.util.List;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.Renderer;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.pipeline.WrongOption;

/** Tells the user what went wrong. Stack traces only when asked for. */
final class Errors {
    private final boolean debug;
    private final Renderer renderer = new Renderer(Terminal.colours());

    Errors(boolean debug) {
        this.debug = debug;
    }

    void show(List<Diagnostic> diagnostics) {
        diagnostics.forEach(diagnostic -> Terminal.err().println(renderer.render(diagnostic)));
    }

    /** A mistake in the script, or in the options it was given. */
    int report(SdeError error) {
        show(error.diagnostics());
        trace(error);
        return error instanceof WrongOption ? Main.USAGE : Main.SCRIPT_ERROR;
    }

    /** A fault of ours. */
    int fault(Throwable fault) {
        Terminal.err()
                .println(
                        "bug in sde: " + fault + System.lineSeparator()
                                + "This is not your script's fault. Please report it with the script and the output of --debug.");
        trace(fault);
        return Main.SCRIPT_ERROR;
    }

    private void trace(Throwable thrown) {
        if (debug) {
            thrown.printStackTrace(Terminal.err());
        }
    }
}
