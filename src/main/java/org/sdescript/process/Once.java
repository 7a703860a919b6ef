package org.sdescript.process;

import java.util.function.Supplier;

/** Lazy: a value computed on first use. It takes no part in equality: it follows from the other fields of its owner. */
final class Once<T> {
    private T value;

    synchronized T of(Supplier<T> derivation) {
        if (value == null) {
            value = derivation.get();
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Once<?>;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
