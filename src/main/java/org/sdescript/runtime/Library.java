package org.sdescript.runtime;

import java.util.List;

/** A themed set of built-ins. */
@FunctionalInterface
public interface Library {
    List<Builtin> builtins();
}
