package org.sdescript.diagnostic;

import java.util.List;

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

    public SdeError(Diagnostic diagnostic, Throwable cause) {
        this(diagnostic);
        initCause(cause);
    }

    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
