package org.sdescript.syntax;

import java.util.List;
import java.util.Set;
import org.sdescript.ast.Program;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/**
 * The result of parsing a text. The program lacks statements with errors.
 *
 * @param lost the names in those statements, some of which the statements would have bound
 */
public record Parsed(Program program, List<Diagnostic> diagnostics, Set<String> lost) {
    public Parsed {
        lost = Set.copyOf(lost);
        diagnostics = List.copyOf(diagnostics);
    }

    public boolean hasErrors() {
        return !diagnostics.isEmpty();
    }

    /** Returns the program; throws all errors at once if there are any. */
    public Program orThrow() {
        if (hasErrors()) {
            throw new SdeError(diagnostics);
        }
        return program;
    }
}
