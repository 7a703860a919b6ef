package org.sdescript.console;

import java.io.IOException;
import java.util.Optional;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.SystemFailure;

/** The error for standard output that accepts no more data; it ends the run, whose output would be lost. */
public final class OutputFailure extends SdeError {
    private static final long serialVersionUID = 1;

    private final boolean pipe;

    OutputFailure(String stream, IOException cause) {
        super(
                Diagnostic.error("E0708", null, stream + " cannot be written: " + cause.getMessage())
                        .help("free some space, or write the output elsewhere"),
                cause);
        this.pipe = SystemFailure.BROKEN_PIPE.isIn(cause);
    }

    /**
     * Finds the output failure among an error's causes, because a position in the script may have been added meanwhile;
     * empty if there is none.
     */
    public static Optional<OutputFailure> behind(Throwable error) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (each instanceof OutputFailure failure) {
                return Optional.of(failure);
            }
        }
        return Optional.empty();
    }

    /** True if the output is a pipe without a reader, so that a message would be lost, too. */
    public boolean isPipe() {
        return pipe;
    }

    @Override
    public boolean endsRun() {
        return true;
    }
}
