package org.sdescript.syntax.format;

import java.util.List;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/**
 * The result of formatting a text.
 *
 * @param text the canonical form; unchanged if there are errors
 * @param errors the syntax errors
 */
public record Formatted(String text, List<Diagnostic> errors) {
    public Formatted {
        errors = List.copyOf(errors);
    }

    /** Returns the text; throws all errors at once if there are any. */
    public String orThrow() {
        if (!errors.isEmpty()) {
            throw new SdeError(errors);
        }
        return text;
    }
}
