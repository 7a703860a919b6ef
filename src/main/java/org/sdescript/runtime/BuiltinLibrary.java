package org.sdescript.runtime;

import java.util.Map;
import org.sdescript.source.Span;

/** The bodies of a themed set of built-ins, which {@code stdlib/native} declares. */
public interface BuiltinLibrary {
    /** The prefix of the standard library's source names. */
    String SOURCES = "stdlib/";

    /** True for a span in the standard library. */
    static boolean holds(Span place) {
        return place.source().name().startsWith(SOURCES);
    }

    /** Returns the body of each built-in by name. */
    Map<String, Builtin.Body> bodies();
}
