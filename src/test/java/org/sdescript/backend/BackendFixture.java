package org.sdescript.backend;

/** One backend for all tests of a process: the library is loaded once. */
final class BackendFixture {
    private static Backend backend;

    private BackendFixture() {}

    static synchronized Backend backend() {
        if (backend == null) {
            backend = Backend.open("cpu", 1);
        }
        return backend;
    }
}
