package org.sdescript.workspace;

import java.util.List;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.runtime.Value;

/**
 * Shows the values and errors of entries: as lines at the prompt, as messages in a notebook. The lines that a script
 * prints go to the session's {@link org.sdescript.runtime.Console}.
 */
public interface EntryOutput {

    /** Shows the value of a statement; nothing for {@code none}. */
    void value(Value value);

    /** Shows the errors that ended an entry. */
    void errors(List<Diagnostic> errors);

    void warnings(List<Diagnostic> warnings);

    /** Shows an error without a position in a script, such as a mistake in a command. */
    void mistake(String message);

    /** Shows a fault of sde; the session continues. */
    void fault(Throwable fault);

    /** Shows that the user stopped the entry. */
    void interrupted();
}
