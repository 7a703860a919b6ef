package org.sdescript.check;

import java.util.List;
import org.sdescript.diagnostic.Diagnostic;

/**
 * The result of checking a program.
 *
 * @param findings the errors, sorted by position
 * @param names the names bound at the top level
 * @param exports those of the names that importing files see
 * @param scopes the scopes of the program, outer scopes before inner ones
 */
public record CheckedProgram(List<Diagnostic> findings, Globals names, Globals exports, List<ScopeFacts> scopes) {
    public CheckedProgram {
        scopes = List.copyOf(scopes);
        findings = List.copyOf(findings);
    }
}
