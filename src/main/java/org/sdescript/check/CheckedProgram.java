package org.sdescript.check;

import java.util.List;
import org.sdescript.diagnostic.Diagnostic;

/**
 * The result of checking a program.
 *
 * @param findings the errors, sorted by position
 * @param exports the names bound at the top level, for importing files
 * @param scopes the scopes of the program, outer scopes before inner ones
 */
public record CheckedProgram(List<Diagnostic> findings, Globals exports, List<ScopeFacts> scopes) {
    public CheckedProgram {
        scopes = List.copyOf(scopes);
        findings = List.copyOf(findings);
    }
}
