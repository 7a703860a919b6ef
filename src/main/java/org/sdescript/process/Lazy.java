package org.sdescript.process;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lazy: a value computed on first use. Two lazy values are equal if they are identical or hold equal values; comparing
 * computes both.
 */
public final class Lazy<T> {
    private @Nullable Supplier<T> derivation;
    private @Nullable T value;

    private Lazy(@Nullable Supplier<T> derivation, @Nullable T value) {
        this.derivation = derivation;
        this.value = value;
    }

    static <T> Lazy<T> of(Supplier<T> derivation) {
        return new Lazy<>(derivation, null);
    }

    static <T> Lazy<T> known(T value) {
        return new Lazy<>(null, value);
    }

    synchronized T value() {
        if (value == null) {
            value = Objects.requireNonNull(derivation).get();
            derivation = null;
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Lazy<?> its && (this == its || value().equals(its.value()));
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
