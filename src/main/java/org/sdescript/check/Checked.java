package org.sdescript.check;

import java.util.List;
import org.sdescript.diagnostic.Diagnostic;

/**
 * What checking a program gave.
 *
 * @param findings the errors, sorted by place
 * @param exports what the program binds at its top level, for those who import it
 */
public record Checked(List<Diagnostic> findings, Globals exports) {
    public Checked {
        findings = List.copyOf(findings);
    }
}
