package org.sdescript.backend;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The execution mode of kernels. */
public enum Execution {
    /** Each kernel is one TorchScript method. */
    TORCHSCRIPT,
    /** Kernels run node by node: slower, and the definition of a program's meaning. */
    EAGER;

    /** Finds a mode by the name that users write, {@code torchscript} or {@code eager}. */
    public static Optional<Execution> named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.toString().equals(name))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
