package org.sdescript.runtime;

import java.util.List;

/** A themed set of built-ins. */
public interface Library {
    /** What the names of the standard library's sources begin with. */
    String SOURCES = "stdlib/";

    /** The chapter of the reference they stand in. */
    Theme theme();

    List<Builtin> builtins();
}
