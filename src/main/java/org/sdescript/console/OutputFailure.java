package org.sdescript.console;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/** An output of the process takes nothing more, so that going on would be for nothing. */
public final class OutputFailure extends SdeError {
    private static final long serialVersionUID = 1;

    private final boolean pipe;

    OutputFailure(String stream, IOException cause) {
        super(
                Diagnostic.error("E0708", null, stream + " cannot be written: " + cause.getMessage())
                        .help("free some space, or write the output elsewhere"),
                cause);
        this.pipe = isPipe(cause);
    }

    /**
     * The failure that an error comes from, which is told with the place in the script meanwhile; empty if it comes from
     * anything else.
     */
    public static Optional<OutputFailure> behind(Throwable error) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (each instanceof OutputFailure failure) {
                return Optional.of(failure);
            }
        }
        return Optional.empty();
    }

    /** True where nobody reads what is written: then there is also nobody to tell. */
    public boolean isPipe() {
        return pipe;
    }

    /** The JDK has no exception of its own for a pipe without a reader, only the system's words. */
    static boolean isPipe(IOException cause) {
        String said = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return said.contains("broken pipe") || said.contains("pipe is being closed");
    }
}
