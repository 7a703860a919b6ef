package org.sdescript.runtime;

import java.nio.file.Path;
import org.sdescript.source.Span;

/** A value that {@code save} writes in a format of its own. */
public interface Storable {

    /** Writes the file, or refuses a name that is not one of the format. */
    void store(Interpreter interpreter, Path file, Span span);
}
