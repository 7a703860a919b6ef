package org.sdescript.process;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lazy: a value computed on first use. The value takes no part in the owner's equality, since the owner's other fields
 * determine the value.
 */
public final class LazyField<T> {
    private @Nullable T value;

    public synchronized T of(Supplier<T> derivation) {
        if (value == null) {
            value = derivation.get();
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LazyField<?>;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
