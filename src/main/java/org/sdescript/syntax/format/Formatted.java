package org.sdescript.syntax.format;

import java.util.List;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/**
 * What formatting a text gave.
 *
 * @param text in canonical form; where there are errors, as it was
 * @param errors of its syntax
 */
public record Formatted(String text, List<Diagnostic> errors) {
    public Formatted {
        errors = List.copyOf(errors);
    }

    /** The text, or all its errors thrown at once. */
    public String orThrow() {
        if (!errors.isEmpty()) {
            throw new SdeError(errors);
        }
        return text;
    }
}
