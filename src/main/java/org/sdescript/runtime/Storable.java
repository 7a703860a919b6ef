package org.sdescript.runtime;

import java.nio.file.Path;
import org.sdescript.source.Span;

/** A value with its own file format in {@code save}. */
public interface Storable {

    /** Writes the file; throws if the format does not allow the name. */
    void store(Interpreter interpreter, Path file, Span span);
}
