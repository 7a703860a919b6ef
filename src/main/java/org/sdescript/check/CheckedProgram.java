package org.sdescript.check;

import java.util.List;
import org.sdescript.diagnostic.Diagnostic;

/**
 * The result of checking a program.
 *
 * @param findings the errors, sorted by position
 * @param exports the names bound at the top level, for importing files
 */
public record CheckedProgram(List<Diagnostic> findings, Globals exports) {
    public CheckedProgram {
        findings = List.copyOf(findings);
    }
}
