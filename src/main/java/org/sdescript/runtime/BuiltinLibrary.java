package org.sdescript.runtime;

import java.util.List;
import org.sdescript.source.Span;

/** A themed set of built-ins. */
public interface BuiltinLibrary {
    /** The prefix of the standard library's source names. */
    String SOURCES = "stdlib/";

    /** True for a span in the standard library. */
    static boolean holds(Span place) {
        return place.source().name().startsWith(SOURCES);
    }

    /** Returns the chapter of the reference for these built-ins. */
    Chapter theme();

    List<Builtin> builtins();
}
