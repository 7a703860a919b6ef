package org.sdescript.backend;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How kernels run. */
public enum Execution {
    /** Each as one method of TorchScript. */
    TORCHSCRIPT,
    /** Node by node: slower, and the meaning of a program. */
    EAGER;

    /** By the name that users give it, {@code torchscript} or {@code eager}. */
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
