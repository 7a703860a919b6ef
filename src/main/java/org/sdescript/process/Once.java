package org.sdescript.process;

import java.util.function.Supplier;

/**
 * What takes a while to derive, derived when it is first asked for. It says nothing that its owner does not, so two of these make no
 * difference between two owners.
 */
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
