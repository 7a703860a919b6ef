package org.sdescript.runtime;

import java.util.List;

/** A themed set of built-ins. */
@FunctionalInterface
public interface Library {
    /** What the names of the standard library's sources begin with. */
    String SOURCES = "stdlib/";

    List<Builtin> builtins();
}
