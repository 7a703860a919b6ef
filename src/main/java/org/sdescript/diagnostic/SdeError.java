package org.sdescript.diagnostic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user's mistake, thrown to be reported. Any other exception is a fault of sde. */
public class SdeError extends RuntimeException {
    private final transient List<Diagnostic> diagnostics;

    public SdeError(Diagnostic diagnostic) {
        this(List.of(diagnostic));
    }

    public SdeError(List<Diagnostic> diagnostics) {
        super(diagnostics.getFirst().message());
        this.diagnostics = List.copyOf(diagnostics);
    }

    public SdeError(Diagnostic diagnostic, @Nullable Throwable cause) {
        this(diagnostic);
        initCause(cause);
    }

    /** Returns the message of the first diagnostic, also in a copy that came from another process. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /**
     * True if the error ends the run even inside {@code try}, such as an output that takes nothing more. An error that
     * only adds a position has the original as its cause.
     */
    public boolean endsRun() {
        return getCause() instanceof SdeError cause && cause.endsRun();
    }

    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
