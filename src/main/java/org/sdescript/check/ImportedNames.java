package org.sdescript.check;

import java.util.Optional;
import org.sdescript.ast.Statement;

/** Finds the names that imports bind. */
@FunctionalInterface
public interface ImportedNames {
    /** The names bound by the imported file; empty if unknown, as for an unreadable file. */
    Optional<Globals> brought(Statement.Import declared);

    /** No import is read. */
    ImportedNames UNREAD = declared -> Optional.empty();
}
