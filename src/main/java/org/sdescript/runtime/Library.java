package org.sdescript.runtime;

import java.util.List;
import org.sdescript.source.Span;

/** A themed set of built-ins. */
public interface Library {
    /** What the names of the standard library's sources begin with. */
    String SOURCES = "stdlib/";

    /** Whether a place is in the standard library, and not in a script. */
    static boolean holds(Span place) {
        return place.source().name().startsWith(SOURCES);
    }

    /** The chapter of the reference they stand in. */
    Theme theme();

    List<Builtin> builtins();
}
