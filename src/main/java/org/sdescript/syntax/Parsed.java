package org.sdescript.syntax;

import java.util.List;
import java.util.Set;
import org.sdescript.ast.Program;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/**
 * What reading a text gave. Where there are errors, the program lacks the statements that hold them.
 *
 * @param lost the names in those statements: some of them would have been bound there
 */
public record Parsed(Program program, List<Diagnostic> diagnostics, Set<String> lost) {
    public Parsed {
        lost = Set.copyOf(lost);
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
