package org.sdescript.check;

import java.util.Optional;
import org.sdescript.ast.Statement;

/** Where a program's imports lead. */
@FunctionalInterface
public interface Imports {
    /** What the other file binds; empty where that cannot be known, as when the file cannot be read. */
    Optional<Globals> brought(Statement.Import declared);

    /** Nobody has looked. */
    Imports UNREAD = declared -> Optional.empty();
}
