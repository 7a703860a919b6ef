package org.sdescript.syntax;

import java.util.List;
import org.sdescript.ast.Program;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/** What reading a text gave. Where there are errors, the program lacks the statements that hold them. */
public record Parsed(Program program, List<Diagnostic> diagnostics) {
    public Parsed {
        diagnostics = List.copyOf(diagnostics);
    }

    public boolean hasErrors() {
        return !diagnostics.isEmpty();
    }

    /** The program, or all its errors thrown at once. */
    public Program orThrow() {
        if (hasErrors()) {
            throw new SdeError(diagnostics);
        }
        return program;
    }
}
