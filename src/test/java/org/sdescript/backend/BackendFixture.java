package org.sdescript.backend;

import java.util.EnumMap;
import java.util.Map;

/** One backend of each mode for all tests of a process, so that the library is loaded once. */
final class BackendFixture {
    private static final Map<Execution, Backend> BACKENDS = new EnumMap<>(Execution.class);

    private BackendFixture() {}

    static Backend backend() {
        return backend(Execution.EAGER);
    }

    static synchronized Backend backend(Execution execution) {
        return BACKENDS.computeIfAbsent(execution, kind -> Backend.open("cpu", 1, kind));
    }
}
